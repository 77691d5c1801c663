<?xml version="1.0" encoding="UTF-8"?>
<!-- Buildings of CityGML 3.0, made by hand from the standard (OGC 20-010, 21-006): a tower with all that a building can have, a terrace of two parts, a building that only its storeys show. -->
<core:CityModel xmlns:core="http://www.opengis.net/citygml/3.0" xmlns:con="http://www.opengis.net/citygml/construction/3.0"
  xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:gen="http://www.opengis.net/citygml/generics/3.0"
  xmlns:bldg="http://www.opengis.net/citygml/building/3.0"
  xmlns:app="http://www.opengis.net/citygml/appearance/3.0"
  xmlns:pcl="http://www.opengis.net/citygml/pointcloud/3.0"
  xmlns:xAL="urn:oasis:names:tc:ciq:xal:3">
  <gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3">
    <gml:lowerCorner>35.689 139.689 0</gml:lowerCorner><gml:upperCorner>35.691 139.692 60</gml:upperCorner>
  </gml:Envelope></gml:boundedBy>
  <core:cityObjectMember><bldg:Building gml:id="tower">
      <gml:description>A box of 22 m by 18 m, as a building of CityGML 3.0</gml:description>
      <gml:name>角筈タワー</gml:name>
      <core:creationDate>2026-04-01T00:00:00</core:creationDate>
      <core:externalReference><core:ExternalReference><core:targetResource>urn:example:4711</core:targetResource></core:ExternalReference></core:externalReference>
      <core:genericAttribute><gen:StringAttribute><gen:name>建物ID</gen:name><gen:value>13104-bldg-4711</gen:value></gen:StringAttribute></core:genericAttribute>
      <core:genericAttribute><gen:DoubleAttribute><gen:name>壁面率</gen:name><gen:value>0.62</gen:value></gen:DoubleAttribute></core:genericAttribute>
      <core:genericAttribute><gen:MeasureAttribute><gen:name>敷地面積</gen:name><gen:value uom="m2">512.5</gen:value></gen:MeasureAttribute></core:genericAttribute>
      <core:genericAttribute><gen:GenericAttributeSet><gen:name>耐震</gen:name>
        <gen:genericAttribute><gen:IntAttribute><gen:name>等級</gen:name><gen:value>3</gen:value></gen:IntAttribute></gen:genericAttribute>
        <gen:genericAttribute><gen:StringAttribute><gen:name>工法</gen:name><gen:value>免震</gen:value></gen:StringAttribute></gen:genericAttribute>
      </gen:GenericAttributeSet></core:genericAttribute>
      <core:boundary><con:GroundSurface gml:id="t-g"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="t-ground"><gml:exterior><gml:LinearRing gml:id="t-ground-ring"><gml:posList>35.690000 139.690000 30 35.690200 139.690000 30 35.690200 139.690200 30 35.690000 139.690200 30 35.690000 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:GroundSurface></core:boundary>
      <core:boundary><con:RoofSurface gml:id="t-r"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="t-roof"><gml:exterior><gml:LinearRing gml:id="t-roof-ring"><gml:posList>35.690000 139.690000 42.4 35.690000 139.690200 42.4 35.690200 139.690200 42.4 35.690200 139.690000 42.4 35.690000 139.690000 42.4</gml:posList></gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>35.690080 139.690080 42.4 35.690080 139.690120 42.4 35.690120 139.690120 42.4 35.690120 139.690080 42.4 35.690080 139.690080 42.4</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="t-hatch"><gml:exterior><gml:LinearRing gml:id="t-hatch-ring"><gml:posList>35.690080 139.690080 42.4 35.690080 139.690120 42.4 35.690120 139.690120 42.4 35.690120 139.690080 42.4 35.690080 139.690080 42.4</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:RoofSurface></core:boundary>
      <core:boundary><con:WallSurface gml:id="t-w"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="t-wall-0"><gml:exterior><gml:LinearRing gml:id="t-wall-0-ring"><gml:posList>35.690000 139.690000 30 35.690000 139.690200 30 35.690000 139.690200 42.4 35.690000 139.690000 42.4 35.690000 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="t-wall-1"><gml:exterior><gml:LinearRing gml:id="t-wall-1-ring"><gml:posList>35.690000 139.690200 30 35.690200 139.690200 30 35.690200 139.690200 42.4 35.690000 139.690200 42.4 35.690000 139.690200 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="t-wall-2"><gml:exterior><gml:LinearRing gml:id="t-wall-2-ring"><gml:posList>35.690200 139.690200 30 35.690200 139.690000 30 35.690200 139.690000 42.4 35.690200 139.690200 42.4 35.690200 139.690200 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="t-wall-3"><gml:exterior><gml:LinearRing gml:id="t-wall-3-ring"><gml:posList>35.690200 139.690000 30 35.690000 139.690000 30 35.690000 139.690000 42.4 35.690200 139.690000 42.4 35.690200 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface><con:fillingSurface><con:WindowSurface gml:id="t-window"><core:lod3MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="t-window-p"><gml:exterior><gml:LinearRing gml:id="t-window-p-ring"><gml:posList>35.690000 139.690050 35 35.690000 139.690080 35 35.690000 139.690080 37 35.690000 139.690050 37 35.690000 139.690050 35</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod3MultiSurface></con:WindowSurface></con:fillingSurface></con:WallSurface></core:boundary>
      <core:boundary><core:ClosureSurface gml:id="t-c"/></core:boundary>
      <core:pointCloud><pcl:PointCloud gml:id="t-p"><pcl:mimeType>application/vnd.laszip</pcl:mimeType><pcl:pointFile>tower.laz</pcl:pointFile>
        <pcl:points><gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>35.690001 139.690001 40</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint></pcl:points></pcl:PointCloud></core:pointCloud>
      <core:lod0MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="t-lod0"><gml:exterior><gml:LinearRing gml:id="t-lod0-ring"><gml:posList>35.690000 139.690000 0 35.690000 139.690200 0 35.690200 139.690200 0 35.690200 139.690000 0 35.690000 139.690000 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod0MultiSurface>
      <core:lod1Solid><gml:Solid gml:id="t-box"><gml:exterior><gml:Shell>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690000 30 35.690200 139.690000 30 35.690200 139.690200 30 35.690000 139.690200 30 35.690000 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690000 42 35.690000 139.690200 42 35.690200 139.690200 42 35.690200 139.690000 42 35.690000 139.690000 42</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690000 30 35.690000 139.690200 30 35.690000 139.690200 42 35.690000 139.690000 42 35.690000 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690200 30 35.690200 139.690200 30 35.690200 139.690200 42 35.690000 139.690200 42 35.690000 139.690200 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690200 139.690200 30 35.690200 139.690000 30 35.690200 139.690000 42 35.690200 139.690200 42 35.690200 139.690200 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690200 139.690000 30 35.690000 139.690000 30 35.690000 139.690000 42 35.690200 139.690000 42 35.690200 139.690000 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:Shell></gml:exterior></gml:Solid></core:lod1Solid>
      <core:lod2Solid><gml:Solid><gml:exterior><gml:Shell>
        <gml:surfaceMember xlink:href="#t-ground"/>
        <gml:surfaceMember xlink:href="#t-roof"/>
        <gml:surfaceMember xlink:href="#t-wall-0"/>
        <gml:surfaceMember xlink:href="#t-wall-1"/>
        <gml:surfaceMember xlink:href="#t-wall-2"/>
        <gml:surfaceMember xlink:href="#t-wall-3"/>
        <gml:surfaceMember xlink:href="#t-hatch"/></gml:Shell></gml:exterior></gml:Solid></core:lod2Solid>
      <con:dateOfConstruction>1987-10-01</con:dateOfConstruction>
      <con:height><con:Height><con:highReference>lowestEave</con:highReference><con:lowReference>lowestGroundPoint</con:lowReference><con:status>estimated</con:status><con:value uom="m">10.0</con:value></con:Height></con:height>
      <con:height><con:Height><con:highReference>highestPoint</con:highReference><con:lowReference>lowestGroundPoint</con:lowReference><con:status>measured</con:status><con:value uom="urn:adv:uom:m">12.4</con:value></con:Height></con:height>
      <bldg:function codeSpace="../codelists/Building_function.xml">401</bldg:function>
      <bldg:usage>office</bldg:usage>
      <bldg:roofType>1000</bldg:roofType>
      <bldg:storeysAboveGround>3</bldg:storeysAboveGround>
      <bldg:storeysBelowGround>1</bldg:storeysBelowGround>
      <bldg:storeyHeightsAboveGround uom="m">4.4 4.0 4.0</bldg:storeyHeightsAboveGround>
      <bldg:buildingInstallation><bldg:BuildingInstallation gml:id="t-mast"><core:lod2MultiCurve><gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>35.690100 139.690100 42.4 35.690100 139.690100 52.4</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve></core:lod2MultiCurve></bldg:BuildingInstallation></bldg:buildingInstallation>
      <bldg:buildingRoom><bldg:BuildingRoom gml:id="t-hall"><core:lod1Solid><gml:Solid><gml:exterior><gml:Shell>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690020 139.690020 30.5 35.690180 139.690020 30.5 35.690180 139.690180 30.5 35.690020 139.690180 30.5 35.690020 139.690020 30.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690020 139.690020 34 35.690020 139.690180 34 35.690180 139.690180 34 35.690180 139.690020 34 35.690020 139.690020 34</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690020 139.690020 30.5 35.690020 139.690180 30.5 35.690020 139.690180 34 35.690020 139.690020 34 35.690020 139.690020 30.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690020 139.690180 30.5 35.690180 139.690180 30.5 35.690180 139.690180 34 35.690020 139.690180 34 35.690020 139.690180 30.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690180 139.690180 30.5 35.690180 139.690020 30.5 35.690180 139.690020 34 35.690180 139.690180 34 35.690180 139.690180 30.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690180 139.690020 30.5 35.690020 139.690020 30.5 35.690020 139.690020 34 35.690180 139.690020 34 35.690180 139.690020 30.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:Shell></gml:exterior></gml:Solid></core:lod1Solid>
        <bldg:roomHeight><bldg:RoomHeight><bldg:highReference>ceiling</bldg:highReference><bldg:lowReference>floor</bldg:lowReference><bldg:status>measured</bldg:status><bldg:value uom="m">3.5</bldg:value></bldg:RoomHeight></bldg:roomHeight></bldg:BuildingRoom></bldg:buildingRoom>
      <bldg:buildingSubdivision><bldg:Storey gml:id="t-1f"><bldg:class>aboveGround</bldg:class>
        <bldg:elevation><con:Elevation><con:elevationReference>bottomOfConstruction</con:elevationReference><con:elevationValue>30.5</con:elevationValue></con:Elevation></bldg:elevation>
        <bldg:sortKey>1.0</bldg:sortKey><bldg:buildingRoom xlink:href="#t-hall"/></bldg:Storey></bldg:buildingSubdivision>
      <bldg:buildingSubdivision><bldg:BuildingUnit gml:id="t-unit"><bldg:storey xlink:href="#t-1f"/></bldg:BuildingUnit></bldg:buildingSubdivision>
      <bldg:address><core:Address gml:id="t-address"><core:xalAddress><xAL:Address>
        <xAL:Country><xAL:NameElement xAL:NameType="Name">日本</xAL:NameElement></xAL:Country>
        <xAL:Locality xAL:Type="Town"><xAL:NameElement xAL:NameType="Name">東京都新宿区西新宿二丁目</xAL:NameElement></xAL:Locality>
        <xAL:PostCode><xAL:Identifier>160-0023</xAL:Identifier></xAL:PostCode>
      </xAL:Address></core:xalAddress></core:Address></bldg:address>
  </bldg:Building></core:cityObjectMember>
  <core:cityObjectMember><bldg:Building gml:id="terrace">
      <bldg:buildingPart><bldg:BuildingPart gml:id="terrace-a">
      <core:boundary><con:GroundSurface gml:id="ta-g"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="ta-ground"><gml:exterior><gml:LinearRing gml:id="ta-ground-ring"><gml:posList>35.690000 139.690300 31 35.690100 139.690300 31 35.690100 139.690400 31 35.690000 139.690400 31 35.690000 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:GroundSurface></core:boundary>
      <core:boundary><con:RoofSurface gml:id="ta-r"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="ta-roof"><gml:exterior><gml:LinearRing gml:id="ta-roof-ring"><gml:posList>35.690000 139.690300 37 35.690000 139.690400 37 35.690100 139.690400 37 35.690100 139.690300 37 35.690000 139.690300 37</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:RoofSurface></core:boundary>
      <core:boundary><con:WallSurface gml:id="ta-w"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="ta-wall-0"><gml:exterior><gml:LinearRing gml:id="ta-wall-0-ring"><gml:posList>35.690000 139.690300 31 35.690000 139.690400 31 35.690000 139.690400 37 35.690000 139.690300 37 35.690000 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="ta-wall-1"><gml:exterior><gml:LinearRing gml:id="ta-wall-1-ring"><gml:posList>35.690000 139.690400 31 35.690100 139.690400 31 35.690100 139.690400 37 35.690000 139.690400 37 35.690000 139.690400 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="ta-wall-2"><gml:exterior><gml:LinearRing gml:id="ta-wall-2-ring"><gml:posList>35.690100 139.690400 31 35.690100 139.690300 31 35.690100 139.690300 37 35.690100 139.690400 37 35.690100 139.690400 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="ta-wall-3"><gml:exterior><gml:LinearRing gml:id="ta-wall-3-ring"><gml:posList>35.690100 139.690300 31 35.690000 139.690300 31 35.690000 139.690300 37 35.690100 139.690300 37 35.690100 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:WallSurface></core:boundary>
      </bldg:BuildingPart></bldg:buildingPart>
      <bldg:buildingPart><bldg:BuildingPart gml:id="terrace-b">
      <core:boundary><con:GroundSurface gml:id="tb-g"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="tb-ground"><gml:exterior><gml:LinearRing gml:id="tb-ground-ring"><gml:posList>35.690100 139.690300 31 35.690200 139.690300 31 35.690200 139.690400 31 35.690100 139.690400 31 35.690100 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:GroundSurface></core:boundary>
      <core:boundary><con:RoofSurface gml:id="tb-r"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="tb-roof"><gml:exterior><gml:LinearRing gml:id="tb-roof-ring"><gml:posList>35.690100 139.690300 40 35.690100 139.690400 40 35.690200 139.690400 40 35.690200 139.690300 40 35.690100 139.690300 40</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:RoofSurface></core:boundary>
      <core:boundary><con:WallSurface gml:id="tb-w"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="tb-wall-0"><gml:exterior><gml:LinearRing gml:id="tb-wall-0-ring"><gml:posList>35.690100 139.690300 31 35.690100 139.690400 31 35.690100 139.690400 40 35.690100 139.690300 40 35.690100 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="tb-wall-1"><gml:exterior><gml:LinearRing gml:id="tb-wall-1-ring"><gml:posList>35.690100 139.690400 31 35.690200 139.690400 31 35.690200 139.690400 40 35.690100 139.690400 40 35.690100 139.690400 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="tb-wall-2"><gml:exterior><gml:LinearRing gml:id="tb-wall-2-ring"><gml:posList>35.690200 139.690400 31 35.690200 139.690300 31 35.690200 139.690300 40 35.690200 139.690400 40 35.690200 139.690400 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
          <gml:surfaceMember><gml:Polygon gml:id="tb-wall-3"><gml:exterior><gml:LinearRing gml:id="tb-wall-3-ring"><gml:posList>35.690200 139.690300 31 35.690100 139.690300 31 35.690100 139.690300 40 35.690200 139.690300 40 35.690200 139.690300 31</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></con:WallSurface></core:boundary>
      </bldg:BuildingPart></bldg:buildingPart>
  </bldg:Building></core:cityObjectMember>
  <core:cityObjectMember><bldg:Building gml:id="storeys">
      <bldg:buildingSubdivision><bldg:Storey gml:id="s-1f"><core:lod1Solid><gml:Solid><gml:exterior><gml:Shell>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 30 35.690100 139.690500 30 35.690100 139.690600 30 35.690000 139.690600 30 35.690000 139.690500 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 33.5 35.690000 139.690600 33.5 35.690100 139.690600 33.5 35.690100 139.690500 33.5 35.690000 139.690500 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 30 35.690000 139.690600 30 35.690000 139.690600 33.5 35.690000 139.690500 33.5 35.690000 139.690500 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690600 30 35.690100 139.690600 30 35.690100 139.690600 33.5 35.690000 139.690600 33.5 35.690000 139.690600 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690100 139.690600 30 35.690100 139.690500 30 35.690100 139.690500 33.5 35.690100 139.690600 33.5 35.690100 139.690600 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690100 139.690500 30 35.690000 139.690500 30 35.690000 139.690500 33.5 35.690100 139.690500 33.5 35.690100 139.690500 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:Shell></gml:exterior></gml:Solid></core:lod1Solid></bldg:Storey></bldg:buildingSubdivision>
      <bldg:buildingSubdivision><bldg:Storey gml:id="s-2f"><core:lod1Solid><gml:Solid><gml:exterior><gml:Shell>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 33.5 35.690100 139.690500 33.5 35.690100 139.690600 33.5 35.690000 139.690600 33.5 35.690000 139.690500 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 37 35.690000 139.690600 37 35.690100 139.690600 37 35.690100 139.690500 37 35.690000 139.690500 37</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690500 33.5 35.690000 139.690600 33.5 35.690000 139.690600 37 35.690000 139.690500 37 35.690000 139.690500 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690000 139.690600 33.5 35.690100 139.690600 33.5 35.690100 139.690600 37 35.690000 139.690600 37 35.690000 139.690600 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690100 139.690600 33.5 35.690100 139.690500 33.5 35.690100 139.690500 37 35.690100 139.690600 37 35.690100 139.690600 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
        <gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>35.690100 139.690500 33.5 35.690000 139.690500 33.5 35.690000 139.690500 37 35.690100 139.690500 37 35.690100 139.690500 33.5</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:Shell></gml:exterior></gml:Solid></core:lod1Solid></bldg:Storey></bldg:buildingSubdivision>
  </bldg:Building></core:cityObjectMember>
  <core:appearanceMember><app:Appearance gml:id="look"><app:theme>rgbTexture</app:theme>
    <app:surfaceData><app:ParameterizedTexture gml:id="photo"><app:imageURI>look/tower.jpg</app:imageURI><app:mimeType>image/jpeg</app:mimeType>
      <app:textureParameterization><app:TextureAssociation><app:target>#t-roof</app:target>
        <app:textureParameterization><app:TexCoordList><app:textureCoordinates>0 0 1 0 1 1 0 1 0 0</app:textureCoordinates><app:ring>#t-roof-ring</app:ring></app:TexCoordList></app:textureParameterization>
      </app:TextureAssociation></app:textureParameterization>
    </app:ParameterizedTexture></app:surfaceData>
    <app:surfaceData><app:X3DMaterial><app:diffuseColor>0.8 0.8 0.7</app:diffuseColor><app:target>#t-wall-0</app:target></app:X3DMaterial></app:surfaceData>
  </app:Appearance></core:appearanceMember>
</core:CityModel>
