### Offices: quantities, tables and columns.

quantity-office-level = Share of the capacity taken
quantity-office-level-synthetic = Share of the capacity taken (synthetic)
quantity-office-level-change = Change in the share of the capacity taken
quantity-office-level-synthetic-change = Change in the share of the capacity taken (synthetic)
quantity-office-persons = People in offices
quantity-office-persons-synthetic = People in offices (synthetic)
quantity-office-persons-change = Change in people in offices
quantity-office-persons-synthetic-change = Change in people in offices (synthetic)
view-on-floors = floors
view-on-buildings = buildings
unit-persons = persons

table-office-hours = People in offices by the hour
table-office-buildings = Offices, building by building
table-office-lifts = Lifts in the morning
table-office-areas = Offices by area and hour
table-office-building-hours = Offices by building and hour
table-office-floors = Offices by floor and hour

column-area = Area
column-arrivals-5-min = Arrivals in 5 min
column-arrivals-5-min-after = Arrivals in 5 min, after
column-basis = Counts because of
column-bottom-m = Bottom
column-capacity-persons = Capacity
column-cars = Cars
column-cars-source = Cars are
column-density-p-m2 = Density
column-floor = Floor
column-floors = Floors
column-floors-known = Floors known
column-handling-5-min = Carried in 5 min
column-highest-floor = Highest floor
column-interval-s = Interval
column-level = Share of capacity
column-level-after = Share, after
column-lift-wait-s = Longest wait for a lift
column-lowest-floor = Lowest floor
column-office-area-m2 = Office area
column-peak-time = Fullest from
column-persons = People
column-persons-after = People, after
column-persons-change = Change
column-persons-mean = People, mean of the period
column-persons-peak = People at the peak
column-queue-persons = Longest queue
column-queue-persons-after = Longest queue, after
column-round-trip-s = Round trip
column-source = Source
column-source-after = Source, after
column-speed-m-s = Speed
column-storeys = Storeys
column-wait-s = Longest wait
column-wait-s-after = Longest wait, after
column-zone = Zone

### Offices: steps, figures, findings and limits.

step-office-people = People on floors
step-office-lifts = Lifts in the morning

office-figure-areas = People in offices in squares of { NUMBER($side, maximumFractionDigits: 0) } m, { $when }
office-figure-buildings = How full offices are, { $when }

office-finding-nothing = Nothing is known of the people in these offices in this period.
office-finding-peak-synthetic = Synthetic data: with this attendance about { NUMBER($persons, maximumFractionDigits: 0) } people are in { NUMBER($buildings, maximumFractionDigits: 0) } office buildings ({ NUMBER($floors, maximumFractionDigits: 0) } floors) at the fullest time, { $when }; that is { NUMBER($level, maximumFractionDigits: 0) } % of their capacity.
office-finding-peak-measured = { NUMBER($persons, maximumFractionDigits: 0) } people were counted in { NUMBER($buildings, maximumFractionDigits: 0) } office buildings ({ NUMBER($floors, maximumFractionDigits: 0) } floors) at the fullest time, { $when }; that is { NUMBER($level, maximumFractionDigits: 0) } % of their capacity.
office-finding-peak-mixed = Partly counted, partly synthetic: about { NUMBER($persons, maximumFractionDigits: 0) } people are in { NUMBER($buildings, maximumFractionDigits: 0) } office buildings ({ NUMBER($floors, maximumFractionDigits: 0) } floors) at the fullest time, { $when }; that is { NUMBER($level, maximumFractionDigits: 0) } % of their capacity.
office-finding-most = Most people are in { $name_en }: about { NUMBER($persons, maximumFractionDigits: 0) } from { $time }, { NUMBER($level, maximumFractionDigits: 0) } % of its capacity.
office-finding-change = At { NUMBER($attendance_after, maximumFractionDigits: 0) } % attendance instead of { NUMBER($attendance_before, maximumFractionDigits: 0) } %, about { NUMBER($after, maximumFractionDigits: 0) } people are there from { $time } instead of { NUMBER($before, maximumFractionDigits: 0) } ({ NUMBER($change, minimumFractionDigits: 1, maximumFractionDigits: 1) } %).
office-finding-lifts = In the morning people wait a minute or longer in { NUMBER($long, maximumFractionDigits: 0) } of { NUMBER($zones, maximumFractionDigits: 0) } lift zones; the longest wait is { NUMBER($wait, minimumFractionDigits: 1, maximumFractionDigits: 1) } minutes in { $name_en }, where { NUMBER($queue, maximumFractionDigits: 0) } people queue at { $time }.
office-finding-lifts-fine = The lifts keep up in the morning: the longest wait in { NUMBER($zones, maximumFractionDigits: 0) } zones is { NUMBER($wait, minimumFractionDigits: 1, maximumFractionDigits: 1) } minutes.
office-finding-samples = Of { NUMBER($values, maximumFractionDigits: 0) } hours of measured floors { NUMBER($gaps, maximumFractionDigits: 0) } have no sample and stay empty, { NUMBER($bridged, maximumFractionDigits: 0) } lie on a line between samples, and { NUMBER($withheld, maximumFractionDigits: 0) } are withheld because too few people were there.

office-limit-synthetic = Synthetic data: people of floors without measurements are made up from floor area, a daily schedule and a seed. They are expected numbers of a typical day, not a count; visitors and night shifts are not in them.
office-limit-rule = Where no use is published, buildings of at least { NUMBER($height, maximumFractionDigits: 0) } m and { NUMBER($area, maximumFractionDigits: 0) } m² of floors count as offices unless their name says otherwise. Hotels, flats and shops without such a name are wrongly among them.
office-limit-storeys = Storeys that nobody published are counted at { NUMBER($storey, minimumFractionDigits: 1, maximumFractionDigits: 1) } m each. Office towers often have higher ones: No. 1 of the metropolitan government comes out with 69 storeys instead of 48. Name known numbers in office.storeys.
office-limit-area = Floor areas are those of the model's solids at each storey; { NUMBER($share, maximumFractionDigits: 0) } % of them are taken as offices, for { NUMBER($density, minimumFractionDigits: 3, maximumFractionDigits: 3) } persons/m², and { NUMBER($staffing, maximumFractionDigits: 0) } % of that capacity work there. Basements are left out; of buildings of which only the outline is known, storeys over 31 m are at most { NUMBER($prism, maximumFractionDigits: 0) } m².
office-limit-measured = Measured floors: gaps stay gaps (lines are drawn over up to { NUMBER($bridge, maximumFractionDigits: 0) } minutes), fewer than { NUMBER($least, maximumFractionDigits: 0) } people are withheld, and another attendance scales what was measured.
office-limit-lifts = Lifts are a simple model (round-trip time after Barney and dos Santos, one entrance, up only, a fluid queue). Where their number is not known they are designed for the building, so a real building may do better or worse.

### Offices: errors.

error-office-no-building = this city has no building { $id }
error-office-no-building-remedy = Ids look like { $example }; futago export buildings lists them.
error-office-no-building-here = There is no building at this spot
error-office-no-building-here-remedy = Give a place within the outline of a building.
error-office-not-offices = The building { $id } does not count as offices
error-office-not-offices-remedy = Choose a tall building of offices, or name office.buildings in a scenario.
error-office-no-offices = none of { NUMBER($count, maximumFractionDigits: 0) } buildings counts as offices here
error-office-no-offices-remedy = Lower office.rule.min_height_m or min_floor_area_m2, widen office.area, or name office.buildings.
error-office-no-occupancy = the occupancy file { $file } was not read
error-office-no-occupancy-remedy = Name a file that is there, relative to the scenario.
error-office-other-occupancy = { $file }: none of its { NUMBER($count, maximumFractionDigits: 0) } buildings is asked for and in this city
error-office-other-occupancy-remedy = Compare its column building with the ids of this city (futago export buildings).
error-office-no-dates = has no day; write for example ["2026-11-24"]
error-office-dates = has { NUMBER($found, maximumFractionDigits: 0) } days; at most { NUMBER($most, maximumFractionDigits: 0) }
error-office-date-twice = has { $date } twice
error-office-two-areas = and office.area are both there; keep one
error-office-nothing-compared = compares nothing; add attendance or dates
error-office-step = is { NUMBER($step, maximumFractionDigits: 0) }, and the period of { NUMBER($minutes, maximumFractionDigits: 1) } minutes is no whole number of it, or of more than 288
error-office-order = is out of order; people must arrive, go out for lunch, come back and leave, in this order

error-occupancy-io = { $file }: it cannot be read ({ $cause })
error-occupancy-io-remedy = Check its name and that you may read it.
error-occupancy-no-column = { $file }: line 1 has no column { $column } (found: { $found })
error-occupancy-no-column-remedy = Name the columns building, floor, time and persons; capacity and area_m2 are optional.
error-occupancy-two-columns = { $file }: line 1 has two columns for { $column }: { $first } and { $second }
error-occupancy-two-columns-remedy = Rename or remove one of them.
error-occupancy-broken = { $file }: { $place }: it is damaged, or neither CSV nor Parquet
error-occupancy-broken-remedy = Fetch it again, or write it anew as CSV or Parquet.
error-occupancy-too-large = { $file }: more than { NUMBER($limit, maximumFractionDigits: 0) } are not read ({ $name })
error-occupancy-too-large-remedy = Split the file.
error-occupancy-nothing-usable = { $file }: none of its { NUMBER($rows, maximumFractionDigits: 0) } rows can be used
error-occupancy-nothing-usable-remedy = Each row needs a building, a floor (3, B1), a time (2026-11-24 09:00) and a number of persons.
office-origin-made = Synthetic: people of offices by floor area and a made-up working day
office-origin-measured = Measured people on floors: { $name }
