### Sunlight: quantities, tables, columns and lines.

quantity-sun-hours = Hours of sun
quantity-shadow = Shadow
quantity-sky-view = Sky view factor
quantity-irradiance-direct = Direct irradiance
quantity-irradiance-diffuse = Diffuse irradiance
quantity-irradiance-global = Global irradiance
quantity-shadow-hours = Hours of shadow
quantity-sun-hours-loss = Change in hours of sun
quantity-shadow-no = In the sun
quantity-shadow-yes = In shadow

table-buildings = Sun on each building
table-changes = Buildings that gain or lose sun
table-probes = Sun at the probes
table-hours = Sun by the hour
table-regulation = Shadow regulation
points-roofs = Roofs
points-walls = Walls
points-probes = Probes

column-building-id = Building
column-id = Building
column-name = Name
column-name-ja = Name
column-name-en = Name
column-height-m = Height
column-area-m2 = Area
column-sun-hours-h = Sun
column-sun-hours = Sun
column-shadow-hours-h = Shadow
column-shadow-hours = Shadow
column-sky-view = Sky view
column-loss-h = Change
column-before-h = As it is
column-after-h = With the changes
column-difference-h = Difference
column-hour = Hour
column-time = Time
column-probe = Probe
column-limit-h = Limit
column-lon-deg = Longitude
column-lat-deg = Latitude
column-east-m = East
column-north-m = North
column-irradiation-kwh = Energy
column-irradiation-kwh-m2 = Energy per area
column-ok = Within the limit

lines-iso-shadow = Equal-time shadow lines
lines-limits = Measurement lines
lines-boundary = Site boundary
lines-violations = Over the limit
lines-shadow-outlines = Shadow outlines
