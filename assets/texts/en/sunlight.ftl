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

### Sunlight: steps, figures, findings and limits.

step-sun-hours-ground = Sun hours on the ground
step-shadow-ground = Shadows on the ground
step-sky-ground = Sky view on the ground
step-sun-hours-surfaces = Sun hours on roofs and walls
step-shadow-surfaces = Shadows on roofs and walls
step-sky-surfaces = Sky view of roofs and walls
step-equal-time = Equal-time shadow

sunlight-figure-sun-hours = Hours of direct sun on the ground, { $when }
sunlight-figure-shadows = Shadows on the ground, hour by hour
sunlight-figure-sky-view = Share of the sky that is seen from the ground
sunlight-figure-irradiation = Clear-sky irradiation of the ground, { $when }
sunlight-figure-walls = Hours of direct sun on walls, { $when }
sunlight-figure-roofs = Hours of direct sun on roofs, { $when }
sunlight-figure-difference = What the change does to the hours of sun, { $when }
sunlight-figure-equal-time = Equal-time shadow of { $building } alone, on a plane { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m above the ground
sunlight-figure-equal-time-all = Hours of shadow with all neighbours, on a plane { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m above the ground

sunlight-finding-ground = Open ground gets { NUMBER($mean, minimumFractionDigits: 1, maximumFractionDigits: 1) } h of direct sun on average ({ $when }). { NUMBER($none, maximumFractionDigits: 0) } % of it gets none, and { NUMBER($under, maximumFractionDigits: 0) } % gets less than 2 h.
sunlight-finding-probe = { $name }: { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } h of direct sun.
sunlight-finding-probe-inside = { $name }: lies inside the building { $building }, so it has no sun of its own. Move the probe a few metres, or give it a height above the roof.
sunlight-finding-change = With the change, { NUMBER($lost, maximumFractionDigits: 0) } m² of open ground lose { NUMBER($notable, maximumFractionDigits: 0) } minutes of sun or more, { NUMBER($gained, maximumFractionDigits: 0) } m² gain as much; the largest loss is { NUMBER($worst, minimumFractionDigits: 1, maximumFractionDigits: 1) } h ({ $when }).
sunlight-finding-within = Shadow regulation: { $building } ({ NUMBER($height, maximumFractionDigits: 1) } m) keeps within the limits. On the { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m plane its shadow lasts at most { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } h between 5 m and 10 m from the boundary (limit { NUMBER($near_limit, maximumFractionDigits: 1) } h) and { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } h beyond 10 m (limit { NUMBER($far_limit, maximumFractionDigits: 1) } h).
sunlight-finding-over = Shadow regulation: { $building } ({ NUMBER($height, maximumFractionDigits: 1) } m) goes over the limits. On the { NUMBER($plane, minimumFractionDigits: 1, maximumFractionDigits: 1) } m plane its shadow lasts up to { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } h between 5 m and 10 m from the boundary (limit { NUMBER($near_limit, maximumFractionDigits: 1) } h) and { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } h beyond 10 m (limit { NUMBER($far_limit, maximumFractionDigits: 1) } h); { NUMBER($area, maximumFractionDigits: 0) } m² are shaded too long. The limits count only where a regulated zone lies.
sunlight-finding-not-judged = Shadow regulation: { $building } is { NUMBER($height, maximumFractionDigits: 1) } m high; the law does not judge buildings this low in this zone. Its shadow lasts up to { NUMBER($near, minimumFractionDigits: 1, maximumFractionDigits: 1) } h between 5 m and 10 m from the boundary and { NUMBER($far, minimumFractionDigits: 1, maximumFractionDigits: 1) } h beyond 10 m.

sunlight-time-solstice = winter solstice, 8:00–16:00 true solar time

sunlight-limit-ground = The ground is taken as flat. Slopes, sunken streets and terraces are not in the model; around the metropolitan government building street levels differ by about 6 m.
sunlight-limit-prisms = Buildings are upright prisms with flat tops. Bridges and decks shade as they are published; sloped roofs, balconies and trees cast no shadow of their own.
sunlight-limit-edition = The buildings are those of the 2020 survey. Buildings outside the 3 km square cast no shadow into it.
sunlight-limit-point-sun = The sun is a point: the soft edge of real shadows (about 0.9 m for every 100 m of distance) is not shown. Clouds are not in the model.
sunlight-limit-sky = Sky view is counted in evenly spread directions; light reflected by facades and ground is left out.
sunlight-limit-clear-sky = Irradiation is that of a cloudless sky (Ineichen and Perez 2002) with the turbidity of the scenario.
sunlight-limit-equal-time = The shadow check is a planning aid, not a legal document: the zone and its limits are those of the scenario, the ground is flat, the boundary is the building's outline unless the scenario gives one, and the reliefs for roads and rivers are not applied.

table-faces-roofs = Sun on roofs, roof by roof
table-faces-walls = Sun on walls, face by face
table-buildings-roofs = Sun on roofs, by building
table-buildings-walls = Sun on walls, by building
table-faces-roofs-what-if = Sun on roofs, roof by roof, with the change
table-faces-walls-what-if = Sun on walls, face by face, with the change
table-buildings-roofs-what-if = Sun on roofs, by building, with the change
table-buildings-walls-what-if = Sun on walls, by building, with the change
table-probes-what-if = Sun at the probes, with the change
table-violations = Places shaded too long
column-face = Face
column-azimuth-deg = Faces toward
column-distance-m = Distance from the boundary
lines-equal-time-lines = Equal-time shadow lines
lines-distance-lines = 5 m and 10 m lines
lines-site-boundary = Site boundary
