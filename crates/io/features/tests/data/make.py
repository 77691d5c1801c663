"""Makes the binary test files from houses.geojson: pip install geopandas pyogrio pyarrow; python3 make.py"""

import geopandas

houses = geopandas.read_file("houses.geojson").drop(columns="id", errors="ignore")
houses["levels"] = houses["levels"].astype("Int32")
houses.to_file("houses.fgb", driver="FlatGeobuf")
houses.to_parquet("houses.parquet", write_covering_bbox=True)
# Names of ten letters, Japanese texts in Shift_JIS, plane coordinates and ESRI's name of the system.
houses.to_crs("EPSG:6677").to_file("houses.shp", encoding="CP932")
