### Crowds: quantities, tables, columns.

quantity-crowd-density = Persons per square metre
quantity-crowd-street-density = Persons per square metre of street
quantity-crowd-street-flow = Persons per hour on the street
quantity-crowd-street-level = Level of service of the street
quantity-crowd-counted-flow = Persons per hour, counted
quantity-crowd-counted-flow-synthetic = Persons per hour (synthetic data)
quantity-crowd-counted-density = Persons per square metre of street, counted
quantity-crowd-counted-density-synthetic = Persons per square metre of street (synthetic data)
quantity-crowd-counted-level = Level of service, counted
quantity-crowd-counted-level-synthetic = Level of service (synthetic data)

view-on-streets = streets
level-of-service-a = A free
level-of-service-b = B small conflicts
level-of-service-c = C limited
level-of-service-d = D most cannot walk as they like
level-of-service-e = E shuffling
level-of-service-f = F standstill

table-crowd-streets = Streets by people
column-street-id = Way
column-street-name = Street
column-street-kind = Kind
column-street-length-m = Length
column-street-width-m = Width
column-persons-h = Persons per hour
column-persons-after-h = Persons per hour, after
column-persons-change-h = Change
column-density-m2 = Persons per m²
column-density-after-m2 = Persons per m², after
column-fruin-level = Level of service
column-fruin-level-after = Level, after
table-crowd-counted-streets = Streets with most people, or with most change
table-crowd-counted-hours = The day of the area, on streets with published counts
column-persons-low-h = At least
column-persons-high-h = At most
column-persons-low-after-h = At least, after
column-persons-high-after-h = At most, after
column-persons-walking = People walking at once
column-persons-walking-after = People walking at once, after
column-streets-published = Streets with a count
column-streets-published-after = Streets with a count, after
column-crowded-m = Length at level D or worse
column-crowded-after-m = Length at level D or worse, after
column-ratio = After by before
column-ratio-low = Ratio, at least
column-ratio-high = Ratio, at most

### Crowds: steps, figures, findings and limits.

step-crowd-assign = Who walks where
step-crowd-density = Density on the streets
step-crowd-counted = Counts on the streets

crowd-figure-density = People on the streets, { $date }
crowd-figure-density-what-if = People on the streets with the changes, { $date }
crowd-figure-density-difference = What the changes do to the density, { $date }
crowd-figure-streets = Streets by level of service, { $date }; lines are the wider the more people walk
crowd-figure-streets-difference = What the changes do to the people on each street, { $date }
crowd-figure-counted = { $days ->
    [weekday] Streets on weekdays, { $hours }, by level of service; lines are the wider the more people walk
   *[holiday] Streets on Saturdays, Sundays and holidays, { $hours }, by level of service; lines are the wider the more people walk
}
crowd-figure-counted-change = { $days ->
    [weekday] People on the streets on weekdays, { $hours }: { $after } less { $before }
   *[holiday] People on the streets on Saturdays, Sundays and holidays, { $hours }: { $after } less { $before }
}

crowd-finding-streets = { $when }: { NUMBER($persons, maximumFractionDigits: 0) } people are outdoors on the streets of the area. { $street } is the fullest, with { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } persons/m² (level { $level }); { NUMBER($length, maximumFractionDigits: 0) } m of streets are at level D or worse.
crowd-finding-change = { $when }: with the changes, { NUMBER($more, maximumFractionDigits: 0) } stretches of street have at least { NUMBER($notable, maximumFractionDigits: 0) } people an hour more, and { NUMBER($less, maximumFractionDigits: 0) } as many fewer. { NUMBER($worse, maximumFractionDigits: 0) } go to a worse level of service, { NUMBER($better, maximumFractionDigits: 0) } to a better one. { $street } gains most: { NUMBER($persons, maximumFractionDigits: 0) } people an hour. The mean way takes { NUMBER($before, minimumFractionDigits: 1, maximumFractionDigits: 1) } minutes before and { NUMBER($after, minimumFractionDigits: 1, maximumFractionDigits: 1) } after.
crowd-finding-fit = { $when }: the table of who goes where was fitted to { NUMBER($counted, maximumFractionDigits: 0) } counts; the usual deviation fell from { NUMBER($before, maximumFractionDigits: 0) } to { NUMBER($after, maximumFractionDigits: 0) } people an hour.
crowd-finding-unreached = { $when }: { NUMBER($persons, maximumFractionDigits: 0) } people an hour have no way to where they are going; they are left out.
crowd-finding-synthetic = Synthetic: nobody was counted. The flows come from a made-up working day between station doors and buildings.
crowd-finding-counted = { $before }, { $days ->
    [weekday] weekdays
   *[holiday] Saturdays, Sundays and holidays
}, { $hours }: most people walk on { $street }, { NUMBER($persons, maximumFractionDigits: 0) } an hour (95 %: { NUMBER($low, maximumFractionDigits: 0) } to { NUMBER($high, maximumFractionDigits: 0) }), { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } persons/m² (level { $level }). On all streets with a count { NUMBER($walking, maximumFractionDigits: 0) } people walk at once; { NUMBER($length, maximumFractionDigits: 0) } m of streets are at level D or worse.
crowd-finding-counted-none = { $before }, { $hours }: no street of the area has a published count.
crowd-finding-counted-change = { $hours }, from { $before } to { $after }: on the { NUMBER($both, maximumFractionDigits: 0) } stretches of street published in both, the metres walked change by { NUMBER($percent, minimumFractionDigits: 1, maximumFractionDigits: 1) } %. Beyond their interval of 95 %, { NUMBER($fewer, maximumFractionDigits: 0) } have fewer people and { NUMBER($more, maximumFractionDigits: 0) } more. { NUMBER($gone, maximumFractionDigits: 0) } more stretches are published before only; their fall is not in this figure.
crowd-finding-counted-no-change = { $hours }: no street of the area has a published count in both periods.
crowd-finding-counted-withheld = About { NUMBER($count, maximumFractionDigits: 0) } street-hours of the whole file were kept back, because fewer than { NUMBER($k, maximumFractionDigits: 0) } people may have been in them. They have no value here, which is not nought.
crowd-finding-counted-synthetic = Synthetic data: the tracks were made by a documented method, nobody was counted.

crowd-limit-static = Every moment is in balance: nobody queues into the next street, and everybody knows the quickest way. Over 95 % of a street's capacity its walking time is extended along its tangent.
crowd-limit-ways = Traffic lights, groups, shopping and waiting are not in the model; stairs take the same time up and down. Widths are those of the walk network, many of them assumed by kind.
crowd-limit-density = Density is an average over width and over some metres of street. Streets on several levels add up where they lie above each other; people inside and underground are not shown.
crowd-limit-demand = Counts on streets do not tell who goes where. The table of doors and buildings is the likeliest one by gravity; others would give the same counts and another answer to a change.
crowd-limit-synthetic = The flows are synthetic: their pattern follows floor area and doors, their size the scenario. They are no measurement.
crowd-limit-pivot = With the changes, a street has what was measured plus what the model says changes. Streets without a published count show the model alone.
crowd-limit-counted-floor = Only streets and hours with at least { NUMBER($k, maximumFractionDigits: 0) } people on their busiest day are published, with noise; sums are of these alone, and quiet streets are missing in them.
crowd-limit-counted-width = Density and level are means of the hour over the clear width of the street; many widths are assumed by kind. Short crowds are denser.
crowd-limit-counted-interval = Intervals take people as independent and include noise and matching to the wrong street, but not the error of the expansion. People who walk together make the true intervals wider.
crowd-limit-counted-expansion = Counts are expanded by { NUMBER($factor, maximumFractionDigits: 3) } ({ $basis }).
crowd-limit-counted-synthetic = The tracks are synthetic: their totals follow published figures, their routes a model. They are no measurement.

### Crowds: errors.

error-crowd-grid-cells = The grid has { NUMBER($cells, maximumFractionDigits: 0) } cells, and may have { NUMBER($most, maximumFractionDigits: 0) }
error-crowd-grid-cells-remedy = Make crowd.spacing_m larger, or the area smaller.
error-crowd-times = crowd.at has { NUMBER($count, maximumFractionDigits: 0) } clock times; it must have 1 to { NUMBER($most, maximumFractionDigits: 0) }
error-crowd-times-remedy = Write for example at = ["08:30", "12:00"].
error-crowd-what-to-close = An entry of crowd.what_if.close does not say what is closed
error-crowd-what-to-close-remedy = Give exactly one of street, link and polygon.
error-crowd-no-street = No street or way of this city is called { $name }
error-crowd-no-street-remedy = One that is there: { $example }
error-crowd-far = { $name } is { NUMBER($away, maximumFractionDigits: 0) } m from the nearest way on foot
error-crowd-far-remedy = Choose a place at most { NUMBER($most, maximumFractionDigits: 0) } m from a way.
error-crowd-outside = crowd.area lies outside this city
error-crowd-outside-remedy = Give a centre within the city's data.
error-crowd-no-network = This city has no ways on foot
error-crowd-no-network-remedy = Open a pack with a walk network, or import OpenStreetMap.
error-crowd-other-network = The flows belong to another walk network: { NUMBER($found, maximumFractionDigits: 0) } entries instead of { NUMBER($wanted, maximumFractionDigits: 0) }
error-crowd-other-network-remedy = Import the tracks again for this city.
error-crowd-no-flows = crowd.flows names { $name }, which was not read
error-crowd-no-flows-remedy = Name a .flow file, "built-in" or "synthetic".
error-crowd-no-period = the flows have no period { $name }
error-crowd-no-period-remedy = Periods that are there: { $known }
error-crowd-counts-without-flows = crowd.counts needs flows that were counted
error-crowd-counts-without-flows-remedy = Name a .flow file or "built-in" in crowd.flows, or leave crowd.counts out.
error-crowd-change-without-model = crowd.what_if needs the model, and crowd.counts asks for counts alone
error-crowd-change-without-model-remedy = Leave out crowd.counts.only and crowd.counts.compare, or crowd.what_if.
error-crowd-nothing-published = No street of the area has a published count in { $period } on such days
error-crowd-nothing-published-remedy = Choose another period, other days, or a larger area.
error-crowd-no-count-near = No street within { NUMBER($most, maximumFractionDigits: 0) } m of this spot has a published count
error-crowd-no-count-near-remedy = Move the spot to a busier street, or ask for other days.

# Flows (.flow) and map matching
error-flow-io = { $file }: { $cause }
error-flow-io-remedy = Check that the folder exists and that you may read and write there.
error-flow-not-flows = { $file } is no .flow file
error-flow-not-flows-remedy = Import tracks first (futago import tracks), or give a .flow file.
error-flow-newer = { $file } was written by a newer Futago
error-flow-newer-remedy = Update Futago.
error-flow-damaged = { $file } is damaged or cut
error-flow-damaged-remedy = Copy the file again, or import the tracks again.
error-flow-invalid = { $file } holds what cannot be, or is of an old version
error-flow-invalid-remedy = Import the tracks again.
error-flow-bin-length = Bins of { NUMBER($minutes, maximumFractionDigits: 0) } minutes are not counted
error-flow-bin-length-remedy = Ask for 15 or 60 minutes.
error-flow-period-count = There are { NUMBER($count, maximumFractionDigits: 0) } periods
error-flow-period-count-remedy = Name one to sixteen.
error-flow-period-length = The period { $name } is empty or longer than ten years
error-flow-period-length-remedy = Write the earlier day first, for example before=2020-01-01..2020-01-31.
error-flow-overlap = The periods { $first } and { $second } overlap: a day would count twice
error-flow-overlap-remedy = Give each period days of its own.
error-flow-no-date = { $text } is no date
error-flow-no-date-remedy = Write dates as 2020-04-01.
error-flow-grids = This grid cannot be counted in
error-flow-grids-remedy = At most eight grids: squares of 5 to 10,000 m, or meshes of 8 to 11 digits.
error-flow-smallest-count = { NUMBER($k, maximumFractionDigits: 0) } people a bin protect nobody or leave nothing
error-flow-smallest-count-remedy = Ask for { NUMBER($least, maximumFractionDigits: 0) } to { NUMBER($most, maximumFractionDigits: 0) } people.
error-flow-expansion = One person counted cannot stand for { $factor } people
error-flow-expansion-remedy = Give a factor of 0.000001 to 1,000,000.
error-matching-columns = The columns of points have different lengths
error-matching-columns-remedy = Hand over as many values of each as there are ids.
error-matching-order = Point { NUMBER($at, maximumFractionDigits: 0) } is out of order
error-matching-order-remedy = Sort the points by id, then by time.
error-matching-track-too-long = One id has more than { NUMBER($limit, maximumFractionDigits: 0) } points
error-matching-track-too-long-remedy = Give each day its own ids, or thin the points.
error-matching-no-network = This city has no ways on foot to match points to
error-matching-no-network-remedy = Open a pack with a walk network, or import OpenStreetMap.
error-matching-frame = The coordinates of this city cannot be worked with: { $cause }
error-matching-frame-remedy = Make the city again with a Japanese plane coordinate system.
crowd-origin-made = Synthetic: people on the streets by a made-up working day
crowd-origin-built-in = Built-in flows of people (.flow)
crowd-origin-flows = Flows of people: { $name }
