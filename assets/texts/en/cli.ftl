# The command line: help, messages, answers.

## Help

cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-value-command = COMMAND

cli-about = Futago: a digital twin of Nishi-Shinjuku. Without a command it runs the built-in scenario (winter solstice in the tower district) and says where the report is.
cli-after =
    Exit codes: 0 done, 1 failed, 2 wrong use (command line, scenario, or a question this city cannot answer).
    Texts follow --lang, else LC_ALL, LC_MESSAGES or LANG.
cli-run-about = Run a scenario and write a results folder with report, maps, tables and data
cli-serve-about = Serve the public page (a folder made by cargo xtask web) on this machine
cli-schema-about = Print the JSON schema of scenario files
cli-info-about = Say what is in a city: counts, frame, credits, what is synthetic, landmarks
cli-import-about = Make a city pack of open city data: CityGML files, a PLATEAU delivery folder or its zip, OpenStreetMap extracts, with heights of the ground (GeoTIFF, elevation tiles, base map, dem gml)
cli-export-about = Write the city in an open format
cli-export-mesh-about = Write the buildings as glTF (.glb), each with its id
cli-export-terrain-about = Write the heights of the ground as GeoTIFF (.tif)
cli-export-buildings-about = Write the footprints with their attributes as GeoJSON or GeoParquet, by the file's ending
cli-ask-about = Ask one question about one place
cli-ask-sun-about = When is this spot in the sun on that day?
cli-ask-crowd-about = How many people walk past this spot at that time?
cli-ask-office-about = How full are the offices of the building at this spot?
cli-sun-position-about = Where the sun stands at an instant (NREL SPA, years -2000 to 6000)

cli-arg-help = Print this help
cli-arg-version = Print the version
cli-arg-lang = Language of messages and texts: ja or en (default: from the environment)
cli-arg-json = Answer as one JSON object on standard output
cli-arg-city = City packs to use instead of the built-in city
cli-arg-packs = City packs; the built-in city when none is named
cli-arg-lon = Longitude, degrees, east positive
cli-arg-lat = Latitude, degrees, north positive
cli-run-arg-scenario = Scenario file; the built-in one when none is named
cli-run-arg-out = Results folder (default: results/<name of the scenario>)
cli-run-arg-backend = Where to compute: auto, gpu or cpu (default: auto, which says what it took and why)
cli-run-arg-threads = Threads of the CPU pool, 1 to 1024 (default: one a core); results do not depend on it
cli-run-arg-seed = Seed instead of the scenario's
cli-import-arg-inputs = Files, folders or zip files; what they are follows from their content
cli-import-arg-output = Pack to write, .city
cli-import-arg-report = Also write what was wrong with the data: .html for people, .json for programs
cli-import-arg-credit = The credit line that the data asks for; it travels with every result
cli-import-arg-licence = The licence of the data
cli-import-arg-threads = Threads, 1 to 1024 (default: one a core); the pack does not depend on it
cli-import-arg-bounds = Only what touches this rectangle: west,south,east,north in degrees
cli-import-arg-lod = The highest level of detail to take, 0 to 4 (default: all)
cli-import-arg-strict = Refuse data with remarks: no pack is written
cli-import-arg-geoid = Height of the geoid above the ellipsoid, metres, for heights that count from the ellipsoid (default: 36.7)
cli-import-arg-limits = Another limit on the input, such as depth=512; may be named several times
cli-serve-arg-folder = Folder of the page (default: dist)
cli-serve-arg-port = Port (default: 8080; 0 takes a free one)
cli-serve-arg-address = IP address to listen on (default: 127.0.0.1, this machine only)
cli-serve-at = Serving the page at { $url } (Ctrl-C ends it)
cli-serve-no-page = There is no index.html in { $folder }. Make the page first: cargo xtask web --release
cli-serve-busy = Cannot serve at { $address }: { $why }. Choose another port with --port.
cli-export-mesh-arg-output = File to write, .glb
cli-export-terrain-arg-output = File to write, .tif
cli-export-buildings-arg-output = File to write, .geojson, .parquet or .csv
cli-ask-sun-arg-height = Height above the ground, metres (default: 1.5)
cli-ask-sun-arg-date = Day in Japan (default: today)
cli-ask-crowd-arg-time = Clock time in Japan, for example 08:30 (default: now)
cli-ask-crowd-arg-days = Kind of days: weekday or holiday, which is Saturdays, Sundays and national holidays (default: as today in Japan)
cli-ask-crowd-arg-flows = Flows of people (.flow) instead of the built-in ones
cli-ask-office-arg-time = Clock time in Japan, for example 10:30 (default: now)
cli-ask-office-arg-date = Day in Japan (default: today)
cli-ask-office-arg-attendance = Share of the workers who come, 0 to 1 (default: 1)
cli-ask-office-arg-occupancy = File of measured people by floor and time (CSV or Parquet); without it people are synthetic
cli-sun-position-arg-time = Instant with offset (RFC 3339), for example 2026-12-22T12:00:00+09:00
cli-sun-position-arg-elevation = Height above sea level, metres (default: 0)
cli-sun-position-arg-pressure = Air pressure, hPa; with the temperature, refraction is included
cli-sun-position-arg-temperature = Air temperature, degrees C
cli-sun-position-arg-delta-t = TT less UT1, seconds (default: estimated from the date)

## Wrong use of the command line

cli-error = error:
cli-usage-did-you-mean = did you mean { $word }?
cli-usage-see-help = See --help for more.
cli-usage-unknown = { $arg } means nothing here
cli-usage-missing-command = a command is missing: { $commands }
cli-usage-missing = required, but not given: { $arg }
cli-usage-no-value = { $arg } needs a value
cli-usage-value = { $value } is no value for { $arg }; allowed: { $allowed }
cli-usage-bad-value = { $value } is no value for { $arg }
cli-usage-twice = { $arg } is given more than once
cli-usage-conflict = { $arg } and { $other } exclude each other
cli-usage-value-count = { $arg } has too many or too few values
cli-usage-date = { $date } is no date; write it as YYYY-MM-DD, for example 2026-12-22
cli-usage-clock = { $time } is no clock time; write it as 08:30
cli-usage-time = { $time } is no instant ({ $problem }); write it with its offset, for example 2026-12-22T12:00:00+09:00
cli-usage-place = longitude { $lon }, latitude { $lat } is not a place on Earth
cli-usage-place-remedy = Longitude is from -180 to 180, latitude from -90 to 90, both in degrees.
cli-usage-swapped = longitude { $lon }, latitude { $lat } is not a place on Earth
cli-usage-swapped-remedy = They look swapped: try --lon { $lat } --lat { $lon }.
cli-usage-ending = { $file }: the ending says no known format
cli-usage-ending-remedy = Use one of: { $endings }.

## Files and folders

cli-io-not-found = there is no such file or folder
cli-io-permission = this user may not
cli-io-read-only = the disk is read-only
cli-io-full = the disk is full
cli-io-not-a-folder = a part of the path is a file, not a folder
cli-io-is-a-folder = it is a folder, not a file
cli-io-in-the-way = a file is in the way of a folder
cli-stdout-failed = the answer cannot be written to standard output: { $why }
cli-out-unwritable = results cannot be written to { $folder }: { $why }
cli-out-unwritable-remedy = Name another folder with --out.
cli-out-fallback = Nothing can be written here ({ $why }); the results go to { $folder }. Choose another place with --out.
cli-write-failed = { $file } cannot be written: { $why }
cli-write-failed-remedy = Nothing half-written was left. Free some space or name another place.
cli-results-failed = the results cannot be written to { $folder }: { $why }
cli-results-failed-remedy = Nothing half-written was left. Free some space or name another folder with --out.
cli-pack-none = this program was built without a city
cli-pack-none-remedy = Name a city pack.
cli-pack-not-a-pack = it does not begin like a .city pack
cli-pack-newer = it has format version { $found }, this program reads up to { $known }; a newer Futago reads it
cli-pack-cut = it is cut: { NUMBER($found) } bytes of { NUMBER($expected) }
cli-pack-damaged = it is damaged: the checksum of { $section } does not match
cli-pack-invalid = its contents cannot be right ({ $section }: { $problem })
cli-pack-too-large = it is too large: { NUMBER($found) }, at most { NUMBER($limit) }
cli-pack-failed = { $file } is no city pack that can be read: { $why }
cli-pack-failed-remedy = Get or build the pack again (cargo xtask city --data <folder>), or leave the file out to use the built-in city.
cli-pack-unreadable = { $file } cannot be read: { $why }
cli-pack-mismatch = { $file } does not go with the packs before it: another frame, or the same part twice
cli-pack-mismatch-remedy = Name at most one pack with buildings and one with streets, of the same city.
cli-pack-no-terrain = { $file } has no terrain
cli-pack-no-terrain-remedy = Import the city with heights of the ground (GeoTIFF, elevation tiles, base map, dem gml).
cli-pack-no-buildings = { $file } has no buildings
cli-pack-no-buildings-remedy = Name a pack with buildings as well.

## Scenarios

cli-scenario-unreadable = the scenario { $file } cannot be read: { $why }
cli-scenario-not-text = the scenario { $file } is not text in UTF-8
cli-scenario-syntax = this is not valid TOML: { $message }
cli-scenario-unknown-key = the key { $key } is not known here; { $hint }
cli-scenario-unknown-word = { $word } is not allowed here; { $hint }
cli-scenario-known = known here: { $known }
cli-scenario-missing-key = the key { $key } is missing
cli-scenario-not-finite = { $key } is { $value }; a finite number is needed
cli-scenario-too-long = { NUMBER($bytes) } bytes are too long for a scenario
cli-scenario-bad-value = { $message }
cli-scenario-question = { $key }: { $problem }
cli-scenario-schema = version { $found } is not known; this program reads version { $known }
cli-scenario-name = letters, digits, '-', '_' and '.' only, at most 80 bytes, and no '.' at the start
cli-scenario-no-question = { $file } asks nothing
cli-scenario-no-question-remedy = Add a table for a simulation, for example [sunlight]. See docs/scenario.md or 'futago schema'.
cli-scenario-two-questions = the scenario asks more than one simulation: { $tables }. Keep one table, and make another scenario of each other one

## Running

cli-phase-open = Opening the city
cli-phase-prepare = Preparing
cli-phase-write = Writing the results
step-finish = Putting the results together
cli-left-seconds = about { NUMBER($seconds, maximumFractionDigits: 0) } s left
cli-left-minutes = about { NUMBER($minutes, maximumFractionDigits: 0) } min left
cli-backend-gpu = Computing on the GPU: { $device } ({ $reason })
cli-backend-cpu = Computing on the CPU: { $device } ({ $reason })
cli-reason-asked = as asked
cli-reason-hardware = a GPU was found
cli-reason-software = the only GPU found, { $adapter }, is software, and the CPU passes are faster
cli-reason-none = no GPU was found
cli-reason-unusable = a GPU was found but could not be used: { $message }
cli-backend-failed = no device to compute on: { $why }
cli-backend-failed-remedy = Use --backend auto or --backend cpu.
cli-threads-failed = { NUMBER($threads) } threads cannot be started: { $why }
cli-cancelled = cancelled; nothing was written
cli-cancelling = Stopping after this step. Press Ctrl-C again to stop at once.
cli-run-failed = the simulation failed: { $why }
cli-run-done = Done in { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s.
cli-run-defects = { NUMBER($count) } remarks on the input are in the report.
cli-run-report = Report: { $path }
cli-run-folder = All results: { $path }
cli-flows-none = this program has no built-in flows
cli-flows-none-remedy = Name a .flow file ('futago import tracks' makes one).
cli-flows-unreadable = { $file } cannot be read: { $why }
cli-flows-not-flows = { $file } is not a .flow file
cli-flows-not-flows-remedy = Make one of GPS points with 'futago import tracks'.
cli-flows-newer = { $file } is of version { $found }; this program reads up to version { $known }
cli-flows-newer-remedy = Update Futago.
cli-flows-cut = { $file } is cut or too long
cli-flows-cut-remedy = Copy the file again, or import the tracks again.
cli-flows-damaged = { $file } is damaged
cli-flows-damaged-remedy = Copy the file again, or import the tracks again.

## Sunlight errors

error-sunlight-no-building = there is no building { $id } in this city
error-sunlight-no-building-remedy = Ids look like { $example }; 'futago export buildings' lists them.
error-sunlight-id-taken = sunlight.what_if.add: the city already has a building { $id }
error-sunlight-id-taken-remedy = Choose another id.
error-outside-area = sunlight.area reaches outside this city
error-outside-area-remedy = The data covers longitude { $west } to { $east }, latitude { $south } to { $north }.
error-outside-probe = the probe { $name } lies outside this city
error-outside-probe-remedy = The data covers longitude { $west } to { $east }, latitude { $south } to { $north }.
error-outside-spot = this spot lies outside this city
error-outside-spot-remedy = The data covers longitude { $west } to { $east }, latitude { $south } to { $north }.
error-sun-date = there is no solar position for { $instant }
error-sun-date-remedy = The algorithm covers the years -2000 to 6000.
error-sun-height = there is no solar position for { $value } m above sea level
error-sun-pressure = there is no refraction at an air pressure of { $value } hPa
error-sun-pressure-remedy = The pressure must be over 0 and at most 2000 hPa.
error-sun-temperature = there is no refraction at { $value } °C
error-sun-temperature-remedy = The temperature must be over -273 and at most 100 °C.
error-sun-failed = the solar position for { $instant } could not be worked out
error-sun-failed-remedy = This is a mistake in Futago; please report it.
error-place = longitude { $lon }, latitude { $lat } is no place on Earth
error-place-swapped = longitude { $lon }, latitude { $lat } is no place on Earth (they look swapped)
error-place-zone = the plane rectangular system has 19 zones, EPSG:6669 to 6687, and { $zone } is none of them
error-place-too-far = longitude { $lon }, latitude { $lat } is too far from the central meridian of EPSG:{ $epsg }

## What is wrong with the value of a key (shown after the key)

error-question-nothing-asked = asks for nothing; add sun_hours, shadow, sky_view, irradiance or equal_time
error-question-no-targets = is empty; add ground, roofs, walls or probes
error-question-no-times = has no clock time; write for example ["12:00"]
error-question-no-period = needs sun_hours, which gives it the period
error-question-range = is { $value }; it must be from { $low } to { $high }
error-question-grid-points = gives { NUMBER($points, maximumFractionDigits: 0) } grid points, at most { NUMBER($most, maximumFractionDigits: 0) }; make it larger
error-question-ends-before-start = ends before it starts; 'to' must be later than 'from'
error-question-every-no-days = is 0; write 1 for every day
error-question-last-before-first = { $last } is before the date { $first }
error-question-suns = asks for { NUMBER($suns, maximumFractionDigits: 0) } sun positions, at most { NUMBER($most, maximumFractionDigits: 0) }; take longer steps or fewer days
error-question-probe-place = the probe { $name } needs either lon and lat, or building and storey (from 1)
error-question-corners = has fewer than three corners
error-question-storey-over-roof = storey { $storey } of { $building } would be { $height } m up, over its roof ({ $each } m a storey)
error-question-calendar = { $date } is beyond the calendar
error-question-no-lines = the equal-time lines cannot be drawn. This is a mistake in Futago; please report it

## Errors of the device (in brackets the words of the driver or the system)

error-compute-no-adapter = no GPU adapter was found ({ $cause }); install a Vulkan driver (Debian: mesa-vulkan-drivers)
error-compute-no-device = the GPU { $adapter } cannot be used ({ $cause })
error-compute-no-threads = { NUMBER($threads) } threads cannot be started ({ $cause }); ask for fewer
error-compute-too-large = too much data: { NUMBER($size) } bytes, this device takes { NUMBER($limit) }; take a smaller area or a wider spacing
error-compute-out-of-memory = out of memory; take a smaller area or a wider spacing
error-compute-refused = the GPU refused some work ({ $cause }); use --backend cpu
error-compute-lost = the GPU was lost ({ $cause }); run again, or use --backend cpu
error-compute-shader = this GPU does not take the program { $pass } ({ $cause }); use --backend cpu
error-compute-mistake = the computation was put together wrongly. This is a mistake in Futago; please report it

## Info

cli-info-title = { $name-en } ({ $name-ja })
cli-info-buildings = Buildings: { NUMBER($count) }, { NUMBER($lod2) } of them with roof pieces (LOD2), { NUMBER($solids) } solids in all
cli-info-tall = Over 60 m: { NUMBER($over60) }. Over 100 m: { NUMBER($over100) }, { NUMBER($core) } of them in the core ({ $box })
cli-info-streets = Streets and footways: { NUMBER($km, minimumFractionDigits: 1, maximumFractionDigits: 1) } km; lines of every kind: { NUMBER($lines) }; areas (water, parks, ...): { NUMBER($areas) }
cli-info-shelters = Shelters: { NUMBER($shelters) }; wide-area evacuation sites: { NUMBER($wide) }
cli-info-bounds = Bounds: { $deg } degrees, { NUMBER($width, maximumFractionDigits: 0) } m x { NUMBER($height, maximumFractionDigits: 0) } m
cli-info-frame = Frame: metres east, north and up from EPSG:{ $epsg } east { $east } m, north { $north } m, T.P. { $up } m
cli-info-ground = Ground: flat at T.P. { $height } m. { $note }
cli-info-ground-terrain = Ground: buildings stand at T.P. { $height } m. { $note }
cli-info-terrain = Terrain: T.P. { NUMBER($low, minimumFractionDigits: 2, maximumFractionDigits: 2) } to { NUMBER($high, minimumFractionDigits: 2, maximumFractionDigits: 2) } m, { NUMBER($columns) } x { NUMBER($rows) } samples every { NUMBER($spacing, maximumFractionDigits: 3) } m, { NUMBER($coverage, minimumFractionDigits: 1, maximumFractionDigits: 1) } % covered, { NUMBER($filled) } samples filled
cli-info-packs = Packs
cli-info-pack = { $name }: { NUMBER($kb, maximumFractionDigits: 0) } kB, XXH3 { $hash }
cli-info-report = Remarks of the import: { NUMBER($count) }
cli-info-report-none = Remarks of the import: none
cli-info-landmarks = Landmarks (main roof / top, metres above the ground)
cli-info-landmark = { $name }: { NUMBER($roof, minimumFractionDigits: 1, maximumFractionDigits: 1) } / { NUMBER($top, minimumFractionDigits: 1, maximumFractionDigits: 1) }  [{ $id }]
cli-info-sources = Sources and licences
cli-info-source = { $title } ({ $licence }): { $credit }
cli-info-synthetic = Synthetic (generated) parts: { $list }
cli-info-synthetic-none = Synthetic (generated) parts: none

## Import

cli-import-done = Written: { $file } ({ NUMBER($objects) } objects, { NUMBER($buildings) } buildings, { NUMBER($solids) } solids; remarks on the data: { NUMBER($remarks) })
cli-import-remark = { "  " }{ $what }: { NUMBER($count) }
cli-import-unreadable = { $file } cannot be read: { $why }
cli-import-not-xml = { $file } is not readable as XML at byte { NUMBER($byte) }: { $problem }
cli-import-not-xml-remedy = Check that the file is CityGML, and fetch it again. No pack was written.
cli-import-cut = { $file } ends at byte { NUMBER($byte) }, inside { $inside }
cli-import-cut-remedy = Fetch the file again. No pack was written.
cli-import-not-citygml = { $file } begins with { $found }, not with a CityModel of CityGML 1.0, 2.0 or 3.0
cli-import-not-citygml-remedy = Name .gml files of a PLATEAU delivery (udx/bldg/*.gml).
cli-import-encoding = { $file } is in { $encoding }
cli-import-encoding-remedy = Save it as UTF-8.
cli-import-cancelled = Cancelled; no pack was written
cli-import-unknown-limit = There is no limit called { $name }
cli-import-unknown-limit-remedy = Limits are: { $known }.
cli-import-strict = The data has { NUMBER($remarks) } remarks, and --strict refuses them
cli-import-strict-remedy = The first: { $first }. Mend the data, or leave --strict out. No pack was written.
cli-import-terrain-unreadable = { $file } cannot be read as { $what }: { $problem }
cli-import-terrain-unreadable-remedy = Fetch the file again. No pack was written.
cli-import-terrain-values = { $file } has { $found }, which are no heights
cli-import-terrain-values-remedy = Write it with one band of numbers of 16 bits or more. No pack was written.
cli-import-terrain-place = { $file }: { $problem }
cli-import-terrain-place-remedy = Write it as GeoTIFF with an EPSG code and a place (gdalwarp -t_srs EPSG:6677). No pack was written.
cli-import-terrain-system = { $file } is in EPSG:{ $epsg }, which Futago does not know
cli-import-terrain-system-remedy = Use degrees (EPSG:6668, 4326), a plane zone (6669 to 6687) or UTM (gdalwarp -t_srs EPSG:6677), or build Futago with the feature `proj`. No pack was written.
cli-import-terrain-large = { $file }: { $what } is { NUMBER($found) }, at most { NUMBER($limit) } are read
cli-import-terrain-large-remedy = Cut the file to the city (gdalwarp -te). No pack was written.
cli-import-bad-zip = { $file } cannot be read as a zip file: { $problem }
cli-import-bad-zip-remedy = Unpack it and import the folder. No pack was written.
cli-import-nothing = { $file } holds no file of city objects
cli-import-nothing-remedy = Name a CityGML file or an OpenStreetMap extract, or a folder or zip file with some.
cli-import-no-place = { $file } names no coordinate system that is known, so nobody can tell where it is
cli-import-no-place-remedy = Name an EPSG code in `srsName` of its envelope. Built with the feature `proj`, Futago knows every EPSG code.
cli-import-too-large = { $file }: { $name ->
    [attribute_bytes] the size of the attributes of one object, bytes,
    [content_vertices] the number of vertices of one tile
    [depth] the depth of nesting
    [element_bytes] the size of one element, bytes,
    [feature_bytes] { $what }
    [features] the number of features
    [file_bytes] the size of the file, bytes,
    [files] the number of files
    [json_bytes] the size of the JSON, bytes,
    [member_bytes] the size of one member, bytes,
    [memory_bytes] the memory that it needs, bytes,
    [members] the number of members of relations
    [nodes] the number of nodes
    [object_bytes] the size of one object, bytes,
    [object_nodes] the number of elements of one object
    [object_vertices] the number of vertices of one object
    [objects] the number of objects
    [relations] the number of relations
    [terrain_samples] the number of heights
    [text_bytes] the size of a text, bytes,
    [tiles] the number of tiles
    [vertices] the number of vertices
    [ways] the number of ways
    [zip_ratio] the size before compression, as a multiple of that after it,
   *[other] { $what }
  } is more than { NUMBER($limit) }
cli-import-too-large-remedy = If that is meant, allow more with --limit { $name }=N. No pack was written.
cli-import-ways = From OpenStreetMap: { NUMBER($km, maximumFractionDigits: 1) } km of streets, { NUMBER($areas) } areas, a walk network of { NUMBER($links) } links and { NUMBER($walk-km, maximumFractionDigits: 1) } km. Credit: { $credit }, ODbL 1.0
cli-import-osm-beside = Written beside it: { $file }, under the ODbL, which asks for its credit and for sharing alike. Open both together: { $city } { $file }
cli-import-not-osm = { $file } begins neither as .osm nor as .osm.pbf
cli-import-not-osm-remedy = Unpack .gz and .bz2 files first. No pack was written.
cli-import-osm-damaged = { $file } cannot be read at byte { NUMBER($byte) }: { $problem }
cli-import-osm-damaged-remedy = Fetch the extract again. No pack was written.
cli-import-osm-compression = { $file } is compressed by { $method }, which is not read
cli-import-osm-compression-remedy = Write it again with zlib, for example: osmium cat { $file } -o plain.osm.pbf
cli-import-osm-feature = { $file } needs { $feature }, which is not known
cli-import-osm-feature-remedy = Write a plain extract without history. No pack was written.
cli-import-doctype = { $file } has a DOCTYPE at byte { NUMBER($byte) }
cli-import-doctype-remedy = CityGML needs none and it can do harm, so it is not read. Remove it. No pack was written.
cli-import-streets = On the ground: { NUMBER($areas) } areas (roads, water, green and others), { NUMBER($km, maximumFractionDigits: 1) } km of street lines
cli-import-cut-line = { $file } ends inside line { NUMBER($line) }
cli-import-cut-line-remedy = Fetch the file again. No pack was written.
cli-import-not-json = { $file } cannot be read as JSON ({ $place }): { $problem }
cli-import-not-json-remedy = Fetch the file again. No pack was written.
cli-import-broken = { $file } is broken ({ $place }): { $problem }
cli-import-broken-remedy = Fetch the file again, or write it anew. No pack was written.
cli-import-unsupported = { $file }: { $what } is not read here
cli-import-unsupported-remedy = { $remedy } (no pack was written)
cli-import-unknown-format = { $file } is of no known format ({ $found })
cli-import-unknown-format-remedy = These are read: { $known }
cli-import-not-cityjson = { $file } is not CityJSON ({ $found })
cli-import-not-cityjson-remedy = Name a file whose `type` is `CityJSON`.
cli-import-cityjson-version = { $file } is CityJSON { $version }
cli-import-cityjson-version-remedy = 1.0, 1.1 and 2.0 are read. Bring it to 2.0 with a tool such as cjio.
cli-import-cityjson-header = { $file } begins with a CityJSONFeature
cli-import-cityjson-header-remedy = Put the CityJSON object with `transform` and `metadata` on a line before it.
cli-import-reference = { $file }: the reference { $uri } is not followed ({ $problem })
cli-import-reference-remedy = Only files in the same folder and below are opened. Fetch it and write its relative path.
cli-import-not-placed = { $file } does not say where on Earth it is
cli-import-not-placed-remedy = Write { $sidecar } beside it with latitude, longitude and height_tp_m, or name the tileset.json that places it.
cli-import-no-tile = No tile of { $file } could be taken. The first problem: { $first }
cli-import-no-tile-remedy = Fetch the files again. No pack was written.
cli-import-sidecar = { $file }: { $problem }
cli-import-sidecar-remedy = { $page } tells what it may say.
cli-import-no-system = The coordinate system of { $file } is not known ({ $found })
cli-import-no-system-remedy = Write { $sidecar } beside it with epsg = 6677 or the code that it has (4326, 6668, 4612, plane zones 6669 to 6687 or 2443 to 2461). Built with the feature `proj`, Futago knows every EPSG code.
cli-export-cityjson-about = Write the objects as published, with every attribute, as CityJSON 2.0
cli-export-cityjson-arg-output = File to write, .city.json
cli-export-cityjson-arg-images = The folder that was imported: images of textures in it are copied beside the file
cli-export-cityjson-images = Images of textures: { NUMBER($copied) } copied, { NUMBER($missing) } named as published

## Export

cli-export-done = Written: { $file } ({ NUMBER($buildings) } buildings, { NUMBER($kb, maximumFractionDigits: 0) } kB)
cli-export-terrain-done = Written: { $file } ({ NUMBER($columns) } x { NUMBER($rows) } samples every { NUMBER($spacing, maximumFractionDigits: 3) } m, { NUMBER($kb, maximumFractionDigits: 0) } kB)
cli-export-credit = Show this credit with it: { $credit }

## Sun position

cli-sun-title = The sun at { $time }, longitude { $lon }, latitude { $lat }
cli-sun-azimuth = Azimuth: { $azimuth }° clockwise from north ({ $direction })
cli-sun-height = Zenith angle: { $zenith }°; altitude: { $altitude }° ({ $refraction })
cli-sun-refracted = with refraction
cli-sun-geometric = without refraction
cli-sun-more = Declination: { $declination }°; equation of time: { $equation } min; distance: { $distance } au; delta T: { $delta } s
cli-sun-below = The sun is below the horizon.
cli-direction-n = north
cli-direction-ne = north-east
cli-direction-e = east
cli-direction-se = south-east
cli-direction-s = south
cli-direction-sw = south-west
cli-direction-w = west
cli-direction-nw = north-west

## Ask

cli-ask-interval = from { $from } to { $to }
cli-ask-sunny = On { $date } this spot, { NUMBER($height, maximumFractionDigits: 1) } m above the ground, is in the sun { $list }: { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } hours in all.
cli-ask-shade = On { $date } this spot, { NUMBER($height, maximumFractionDigits: 1) } m above the ground, gets no direct sun.
cli-ask-day = The sun is above the horizon from { $sunrise } to { $sunset } (Japan Standard Time; its centre, without refraction).
cli-ask-last = This spot is in the shade from { $time } until the evening.
cli-ask-no-day = The sun does not rise here on that day.
cli-ask-inside = This spot lies inside the building { $building }. Give a greater --height to ask above its roof, or move a few metres.
cli-ask-credit = Data: { $credits }
cli-ask-crowd-count = { $period }, { $days ->
    [weekday] weekdays
   *[holiday] Saturdays, Sundays and holidays
} { $from }–{ $until }: { NUMBER($persons, maximumFractionDigits: 0) } people an hour pass on { $street } (95 %: { NUMBER($low, maximumFractionDigits: 0) } to { NUMBER($high, maximumFractionDigits: 0) }); { NUMBER($density, minimumFractionDigits: 2, maximumFractionDigits: 2) } persons/m², level { $level }.
cli-ask-crowd-none = { $period }, { $from }–{ $until }: no count on { $street } was published (kept back because it may be of few people, or nobody was there).
cli-ask-crowd-change = From { $before } to { $after } that is { NUMBER($percent, maximumFractionDigits: 0) } %.
cli-ask-office-full = { $date } { $time }: { NUMBER($persons, maximumFractionDigits: 0) } people are in the offices of { $name }, { NUMBER($level, maximumFractionDigits: 0) } % of what they are for ({ NUMBER($capacity, maximumFractionDigits: 0) } persons on { NUMBER($floors, maximumFractionDigits: 0) } floors).
cli-ask-office-unknown = { $date } { $time }: how many people are in the offices of { $name } is not known (no sample, or withheld).
cli-ask-office-wait = In the morning the longest wait at its lifts is about { NUMBER($minutes, minimumFractionDigits: 1, maximumFractionDigits: 1) } minutes.
cli-ask-synthetic = Synthetic data: not measured.

## The window

cli-view-about = Open the window: the city in three dimensions, the clock, sun hours
cli-view-arg-packs = Packs (.city) to open instead of the built-in city
cli-view-arg-state = A saved view to begin with (JSON), or a link
cli-view-arg-commands = Commands to carry out, one JSON value a line
cli-view-arg-screenshot = Write a picture (PNG) when all is drawn, then end
cli-view-arg-size = Size of the window in pixels (default: 1280x720)
cli-view-arg-wait-for = What pictures and commands wait for: the end of a simulation that was asked (result), or only the drawing (nothing)
cli-no-display = No display: running the built-in scenario instead of opening a window.
cli-view-no-display = There is no display to open a window on.
cli-view-no-display-remedy = Use futago run for a report, or start it where DISPLAY is set. Pictures (--screenshot, --commands) need no display.
cli-view-arg-scenario = Scenario to ask on opening: its changes and its question
cli-view-bad-link = This link is not a view: { $why }
cli-view-bad-link-remedy = Copy the whole link, or name a saved file.
cli-view-lost = The graphics device was lost: { $why }
cli-view-lost-remedy = Your view is kept. To go on: futago view --state { $file }
cli-view-unreadable = { $file } cannot be read: { $why }
cli-view-bad-state = { $file } is not a saved view: { $why }
cli-view-bad-commands = { $file } is not a list of commands: { $why }
cli-view-ended = The window could not be kept open: { $why }
cli-view-ended-remedy = Use futago run for a report without a window.
cli-no-window = This build has no window: running the built-in scenario.
cli-no-window-here = There can be no window here ({ $why }): running the built-in scenario.

## info: the walk network and floors

cli-info-walk = Walk network: { NUMBER($nodes) } nodes, { NUMBER($links) } links, { NUMBER($km, minimumFractionDigits: 1, maximumFractionDigits: 1) } km; { NUMBER($components) } connected parts, { NUMBER($largest, minimumFractionDigits: 1, maximumFractionDigits: 1) } % of the length in the largest
cli-info-walk-flags = Of it step-free { NUMBER($step-free, minimumFractionDigits: 1, maximumFractionDigits: 1) } km, roofed { NUMBER($roofed, minimumFractionDigits: 1, maximumFractionDigits: 1) } km, one-way links { NUMBER($one-way) }, joins of two sources or ends { NUMBER($joins) }
cli-info-walk-stand-ins = Nodes of packs that are not open, as stand-ins: { NUMBER($count) }
cli-info-walk-kinds = By kind: { $list }
cli-info-walk-levels = By level: { $list }
cli-info-walk-kind = { $kind } { NUMBER($km, minimumFractionDigits: 2, maximumFractionDigits: 2) } km ({ NUMBER($links) })
cli-info-walk-level = { $level } { NUMBER($km, minimumFractionDigits: 2, maximumFractionDigits: 2) } km
cli-info-walk-heights = Heights of levels above the ground: { $list }
cli-info-walk-height = { $level } { NUMBER($height, minimumFractionDigits: 1, maximumFractionDigits: 2) } m
cli-info-walk-height-assumed = { $level } { NUMBER($height, minimumFractionDigits: 1, maximumFractionDigits: 2) } m (assumed)
cli-info-walk-list-comma = ,{" "}
cli-info-floors = Floors: { NUMBER($floors) } outlines of { NUMBER($area, maximumFractionDigits: 0) } m2 on { NUMBER($levels) } levels; spaces { NUMBER($spaces) }, fixtures { NUMBER($fixtures) }
walk-level-ground = ground
walk-level-below = B{ $floor }
walk-level-above = { $floor }F
walk-level-between = level { $level }
walk-kind-walkway = walkways
walk-kind-street-side = sides of streets
walk-kind-corridor = corridors
walk-kind-deck = decks
walk-kind-stairs = stairs
walk-kind-escalator = escalators
walk-kind-lift = lifts
walk-kind-ramp = ramps
walk-kind-doorway = doorways
walk-kind-crossing = crossings
walk-kind-moving-walkway = moving walkways
walk-kind-other = other

# futago import tracks
cli-import-tracks-about = Make people on each street at each time (.flow) of GPS points of people. Counts of few people are not given
cli-import-tracks-arg-inputs = Files or folders (CSV, Parquet, GPX, PLT, MF-JSON, and these as gz or zst), told by their content
cli-import-tracks-arg-output = The file to write (.flow)
cli-import-tracks-arg-periods = A period to count: name=first day..last day, for example before=2020-01-01..2020-01-31 (any number of times)
cli-import-tracks-arg-city = City packs with a walk network (without: the built-in Nishi-Shinjuku)
cli-import-tracks-arg-bin-minutes = Length of a time bin, 15 or 60 minutes (default 60)
cli-import-tracks-arg-accuracy = Leave out points with a worse accuracy, metres (default 100)
cli-import-tracks-arg-k = Give no counts of fewer people (default 10, at least 5)
cli-import-tracks-arg-key = Key of the noise that is added to counts: the same key gives the same result. Keep it secret (without: another one each time)
cli-import-tracks-arg-expand = How many people one counted person stands for (default 1)
cli-import-tracks-arg-basis = Where that factor comes from, for example the published figure that it reaches
cli-import-tracks-arg-credit = Credit of the data (any number of times)
cli-import-tracks-arg-synthetic = Say that the data is synthetic
cli-import-tracks-arg-report = Also write a record of the import (.json)
cli-import-tracks-arg-threads = Number of threads, 1 to 1024 (default: one a core). The result does not depend on it
cli-tracks-no-network = This city has no walk network
cli-tracks-no-network-remedy = Name packs with one by --city, or leave it out for the built-in Nishi-Shinjuku.
cli-tracks-unknown = { $file } is no GPS file that is known here ({ $found })
cli-tracks-unknown-remedy = Describe its columns in { $sidecar } beside it (docs/tracks.md).
cli-tracks-no-day = The column { $column } of { $file } has times without a day
cli-tracks-no-day-remedy = Say the day in a .toml beside it, as on = "2013-07-01" (docs/tracks.md).
cli-tracks-nothing = { $file }: no GPS file is there
cli-tracks-nothing-remedy = Name a file, or a folder with .csv, .parquet, .gpx, .plt or .json files.
cli-tracks-no-room = Points cannot be kept in { $file } for a while: { $why }
cli-tracks-no-room-remedy = Make room, or name another folder by TMPDIR.
cli-tracks-done = Written: { $file } ({ NUMBER($points) } points of { NUMBER($rows) } rows; { NUMBER($bins) } bins of street and time, about { NUMBER($kept-back) } kept back, mostly for fewer than { NUMBER($k) } people)
cli-tracks-rejected = { "  " }Rows left out: { $what }, { NUMBER($count) } (the first is { NUMBER($first) } of { $file })
cli-tracks-levels = { "  " }Points that do not tell the level by themselves: { NUMBER($share, maximumFractionDigits: 1) } %
cli-tracks-synthetic = { "  " }Marked as synthetic
cli-tracks-reason-unreadable-row = another number of columns
cli-tracks-reason-no-id = no id
cli-tracks-reason-unreadable-time = a time that cannot be read
cli-tracks-reason-unreadable-place = a place that cannot be read
cli-tracks-reason-unreadable-number = a number that cannot be read
cli-tracks-reason-accuracy = not accurate enough
cli-tracks-reason-speed = too fast
cli-tracks-reason-outside-bounds = outside the city
cli-tracks-reason-outside-period = outside the period
