<?xml version="1.0" encoding="UTF-8"?>
<!-- Transportation of CityGML 3.0, made by hand from the standard: a road of one section and one intersection, a square, a waterway. -->
<core:CityModel xmlns:core="http://www.opengis.net/citygml/3.0" xmlns:con="http://www.opengis.net/citygml/construction/3.0"
  xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:gen="http://www.opengis.net/citygml/generics/3.0"
  xmlns:tran="http://www.opengis.net/citygml/transportation/3.0">
  <gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3">
    <gml:lowerCorner>35.689 139.689 0</gml:lowerCorner><gml:upperCorner>35.691 139.692 60</gml:upperCorner>
  </gml:Envelope></gml:boundedBy>
  <core:cityObjectMember><tran:Road gml:id="road">
      <gml:name>ふれあい通り</gml:name>
      <core:lod0MultiCurve><gml:MultiCurve><gml:curveMember><gml:LineString gml:id="axis"><gml:posList>35.690000 139.690750 30 35.691000 139.690750 30 35.691200 139.690750 30</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve></core:lod0MultiCurve>
      <tran:class>1040</tran:class>
      <tran:trafficDirection>both</tran:trafficDirection>
      <tran:section><tran:Section gml:id="section">
        <tran:trafficSpace><tran:TrafficSpace gml:id="lane-1"><core:boundary><tran:TrafficArea gml:id="area-1"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="area-1-p"><gml:exterior><gml:LinearRing gml:id="area-1-p-ring"><gml:posList>35.690000 139.690700 30 35.690000 139.690735 30 35.691000 139.690735 30 35.691000 139.690700 30 35.690000 139.690700 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface>
            <tran:function>1</tran:function><tran:surfaceMaterial>asphalt</tran:surfaceMaterial></tran:TrafficArea></core:boundary>
          <tran:granularity>lane</tran:granularity><tran:trafficDirection>forwards</tran:trafficDirection><tran:successor xlink:href="#crossing-space"/>
          <tran:clearanceSpace><tran:ClearanceSpace gml:id="clear-1"><tran:class>1</tran:class></tran:ClearanceSpace></tran:clearanceSpace></tran:TrafficSpace></tran:trafficSpace>
        <tran:trafficSpace><tran:TrafficSpace gml:id="lane-2"><core:boundary><tran:TrafficArea gml:id="area-2"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="area-2-p"><gml:exterior><gml:LinearRing gml:id="area-2-p-ring"><gml:posList>35.690000 139.690735 30 35.690000 139.690770 30 35.691000 139.690770 30 35.691000 139.690735 30 35.690000 139.690735 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface>
            <tran:function>1</tran:function><tran:surfaceMaterial>asphalt</tran:surfaceMaterial></tran:TrafficArea></core:boundary>
          <tran:granularity>lane</tran:granularity><tran:trafficDirection>backwards</tran:trafficDirection></tran:TrafficSpace></tran:trafficSpace>
        <tran:auxiliaryTrafficSpace><tran:AuxiliaryTrafficSpace gml:id="verge"><core:boundary><tran:AuxiliaryTrafficArea gml:id="verge-area"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="verge-area-p"><gml:exterior><gml:LinearRing gml:id="verge-area-p-ring"><gml:posList>35.690000 139.690770 30 35.690000 139.690790 30 35.691000 139.690790 30 35.691000 139.690770 30 35.690000 139.690770 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface>
            <tran:function>1020</tran:function><tran:surfaceMaterial>asphalt</tran:surfaceMaterial></tran:AuxiliaryTrafficArea></core:boundary>
          <tran:granularity>lane</tran:granularity></tran:AuxiliaryTrafficSpace></tran:auxiliaryTrafficSpace>
        <tran:marking><tran:Marking gml:id="stop-line"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="stop-p"><gml:exterior><gml:LinearRing gml:id="stop-p-ring"><gml:posList>35.690990 139.690700 30 35.690990 139.690735 30 35.690995 139.690735 30 35.690995 139.690700 30 35.690990 139.690700 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface><tran:class>stopLine</tran:class></tran:Marking></tran:marking>
        <tran:hole><tran:Hole gml:id="manhole"><core:boundary><tran:HoleSurface gml:id="lid"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="lid-p"><gml:exterior><gml:LinearRing gml:id="lid-p-ring"><gml:posList>35.690500 139.690710 30 35.690500 139.690716 30 35.690505 139.690716 30 35.690505 139.690710 30 35.690500 139.690710 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface></tran:HoleSurface></core:boundary></tran:Hole></tran:hole>
      </tran:Section></tran:section>
      <tran:intersection><tran:Intersection gml:id="crossing"><tran:class>1</tran:class>
        <tran:trafficSpace><tran:TrafficSpace gml:id="crossing-space"><core:boundary><tran:TrafficArea gml:id="crossing-area"><core:lod2MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="crossing-area-p"><gml:exterior><gml:LinearRing gml:id="crossing-area-p-ring"><gml:posList>35.691000 139.690700 30 35.691000 139.690770 30 35.691200 139.690770 30 35.691200 139.690700 30 35.691000 139.690700 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod2MultiSurface>
            <tran:function>1</tran:function><tran:surfaceMaterial>asphalt</tran:surfaceMaterial></tran:TrafficArea></core:boundary>
          <tran:granularity>way</tran:granularity></tran:TrafficSpace></tran:trafficSpace>
      </tran:Intersection></tran:intersection>
      <tran:function>residential</tran:function>
  </tran:Road></core:cityObjectMember>
  <core:cityObjectMember><tran:Square gml:id="square"><core:lod0MultiSurface><gml:MultiSurface>
          <gml:surfaceMember><gml:Polygon gml:id="square-p"><gml:exterior><gml:LinearRing gml:id="square-p-ring"><gml:posList>35.690000 139.690800 30 35.690000 139.690900 30 35.690100 139.690900 30 35.690100 139.690800 30 35.690000 139.690800 30</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></core:lod0MultiSurface><tran:class>plaza</tran:class></tran:Square></core:cityObjectMember>
  <core:cityObjectMember><tran:Waterway gml:id="canal"><core:lod0MultiCurve><gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>35.690000 139.690950 28 35.690900 139.690950 28</gml:posList></gml:LineString></gml:curveMember></gml:MultiCurve></core:lod0MultiCurve></tran:Waterway></core:cityObjectMember>
</core:CityModel>
