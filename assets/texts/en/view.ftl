### The planner's window.

view-window-title = Futago – Nishi-Shinjuku
view-title = Futago 双子
view-other-language = 日本語
view-dark = Dark
view-light = Light

## Layers

view-layers = Layers
view-layer-buildings = Buildings
view-layer-structures = Bridges and decks
view-layer-streets = Streets and railways
view-layer-areas = Parks and water
view-layer-labels = Names of landmarks
view-layer-field = Result
view-colour-by = Colour by
view-colour-nothing = nothing
view-colour-height = height
view-colour-footprint = footprint
view-colour-flood = flood depth
view-least-height = Grey below
view-opacity = Opacity of the layer
view-streets-on-top = Streets over the result

## Sunlight

view-sunlight = Sunlight
view-ask-sun-hours = Sun hours on the ground
view-ask-facades = Sun hours on walls and roofs
view-ask-sky-view = Sky view on the ground
view-ask-equal-time = Equal-time shadow (日影)
view-ask-shadows = Shadows over the day
view-picture-step = Every
view-time-before = Earlier picture of the result
view-time-after = Later picture of the result
view-over-time = Over the day at the clicked place
view-over-time-hint = Click a place to see its values over the day.
view-over-time-none = There is no value at the clicked place.
view-ask-needs-building = Click a building first: this question is about one.
view-zone = Zone
view-zone-low = Low-rise residential (1.5 m; 3 h, 2 h)
view-zone-mid = Mid and high-rise residential (4 m; 3 h, 2 h)
view-zone-mixed = Residential, commercial, industrial (4 m; 4 h, 2.5 h)
view-hours = Hours (JST)
view-side = Area
view-spacing = Grid
view-compute = Compute
view-computing = Computing
view-remaining = { $time } left
view-cancel = Cancel
view-failed = There is no result: { $why }
view-failed-plain = { $why }
view-here = Under the pointer: { $value }
view-point = Point at the city to read a value.
view-on-ground = ground
view-on-probes = probes
view-on-walls = walls
view-on-roofs = roofs
view-field-shadow-hours-own = Hours of shadow of this building
view-field-shadow-hours-all = Hours of shadow with all neighbours
view-field-none = No result shown
view-findings = Findings and tables
view-limits = Limits of the model
view-rows = { $shown } of { $all } rows
view-mean = { $name }: { $value } on average

## Crowds and offices

view-crowd = Crowds
view-crowd-synthetic = Synthetic data: nobody was counted.
view-crowd-now = At the clock, { $time }
view-crowd-day = Over the day
view-crowd-workers = Workers of new buildings walk too
view-crowd-closed = Closed: { $street }
view-crowd-event = Event
view-crowd-click = Click a street to close it or to hold an event there.
view-crowd-close-stretch = Close this stretch
view-crowd-close-street = Close { $street }
view-crowd-gather = Event here
view-crowd-marks = A walking mark stands for about { $people } people (synthetic); half go each way, faster than real ones.
view-crowd-model = Model
view-crowd-counted = Counted
view-crowd-counted-synthetic = Before and after (synthetic)
view-inside-day = This building over the day
view-inside-floors = Floor by floor
view-inside-floor = Floor
view-inside-persons = Persons
view-inside-level = Share
view-inside-street = Fullest street beside it: { $street }
view-inside-street-unnamed = a street without a name
view-layer-people = People walking
view-legend-more = The last colour is for that value and more.
view-legend-more-both = The last colours are for those values and beyond.
view-unit-persons-m2 = persons/m²
view-unit-persons-h = persons/h
view-office = Offices
view-office-synthetic = Synthetic data: people made up from floor area and working hours.
view-ask-office-city = Whole city
view-ask-office-building = Marked building
view-office-attendance = Attendance
view-office-after = Compare with
view-office-storeys = Storeys above ground
view-office-model = Model (synthetic data)
view-office-measured = Measured
view-office-open = Open measurements …
view-office-opened = { $file } is open: { $floors ->
    [one] { $floors } floor was measured.
   *[other] { $floors } floors were measured.
  } { $left ->
    [0] All rows were read.
    [one] { $left } row could not be used.
   *[other] { $left } rows could not be used.
  }
view-office-apart = Storeys apart

## The clock

view-play = Play
view-pause = Pause
view-now = Now
view-minutes-a-second = { " " }min/s
view-day-winter = Winter solstice
view-day-equinox = Equinox
view-day-summer = Summer solstice
view-day-winter-short = Winter
view-day-equinox-short = Equinox
view-day-summer-short = Summer
view-sun = Sun: { $altitude }° high, { $azimuth }° from grid north
view-sun-down = The sun is down ({ $altitude }°)

## A building

view-building = Building
view-building-unknown = This building is not in the city.
view-building-removed = This building is removed in the what-if.
view-building-changed = Changed or new in the what-if.
view-structure-bridge = Bridge
view-structure-deck = Pedestrian deck or footbridge
view-structure-other = Structure
view-fact-kind = Kind
view-fact-deck-top = Highest point above the ground
view-fact-foot = Ground under it
view-structure-ground-assumed = No foot is published: the ground under it is assumed from a bridge nearby.
view-structure-thickness-assumed = Where no underside is published, the thickness of the deck is assumed.
view-height-assumed = The height is assumed: the source has none.
view-storeys-estimated = The number of storeys is estimated from the height (3.8 m each).
view-close = Close
view-fact-id = Id
view-fact-name = Name
view-fact-height = Height
view-fact-top = Highest roof
view-fact-storeys = Storeys
view-fact-area = Footprint
view-fact-pieces = Roof pieces
view-fact-flood = Flood depth
view-fact-town = Town code
view-spot = Sun at the clicked place
view-spot-hint = Click a place of the city.
view-spot-ask = When is it in the sun?
view-spot-hours = { $hours } h of direct sun on { $date } (the city as it is)
view-axis-hour = hour (JST)
view-axis-altitude = sun (°)

## What if

view-what-if = What if?
view-remove = Remove
view-restore = As it is
view-restore-all = Leave the whole city as it is
view-west = West
view-east = East
view-south = South
view-north = North
view-up = Up
view-turn-left = Turn left
view-turn-right = Turn right
view-draw = New building
view-draw-hint = Click the corners of the footprint on the ground.
view-draw-done = Build it
view-before = As it is
view-after = What if
view-swipe = Swipe before and after
view-swipe-empty = Change a building to compare.

## Tools

view-undo = Undo
view-redo = Redo
view-measure = Measure
view-measure-hint = Click places to measure; Esc ends.
view-measured = Length { $length }, rise { $rise }
view-measured-area = Area { $area }
view-underground = Underground
view-below-floor = { $level }: { $height } m
view-below-floor-assumed = { $level }: { $height } m (assumed)
view-below-fixtures = Columns and walls
view-below-corridor = Ways on foot
view-below-stairs = Stairs
view-below-escalator = Escalators
view-below-lift = Lifts
view-below-subway = Subways, drawn at { $height } m (no depth in the data)
view-below-tunnel = Roads in tunnels, drawn at { $height } m (likewise)
view-search = Search
view-search-hint = Building, street, shelter, 35.69, 139.70, link or command
view-search-nothing = Nothing found
view-table = Table
view-table-title = Buildings
view-filter = Filter
view-view = View
view-help = Help

## The view

view-preset-towers = Towers
view-preset-above = From above
view-preset-street = Street
view-preset-horizon = Horizon
view-bookmark = Bookmark
view-keep = Keep this view
view-forget = Forget
view-section = Section box
view-scale = Size of panels
view-quality = Quality
view-quality-automatic = automatic
view-quality-full = full
view-quality-light = no shadows
view-quality-stepped = While the view moves it is drawn simply (slow graphics).

## Notes

view-note = Note
view-notes = Notes
view-note-new = New note
view-note-none = No notes yet.
view-note-hint = Click the place that the note is about.
view-note-text = What should be said here?
view-note-go = Go there

## On foot

view-walk = On foot
view-walk-hint = Click where you want to stand.
view-walking-hint = Drag to look around, W A S D to walk, G or the wheel to leave.

## Pictures and films

view-picture-pane = Picture and film
view-picture-panels = with panels
view-save-film = Save film …
view-size-window = As large as the window
view-size-hd = 1920 × 1080
view-size-4k = 3840 × 2160
view-size-a4 = A4, 300 dpi
view-size-a3 = A3, 300 dpi
view-size-own = Own size
view-film = Film of the day
view-film-step = A frame every
view-film-note = { $frames } frames (PNG); a video file as well where ffmpeg is installed.
view-film-progress = { $done } of { $all } frames
view-film-saved = Film and frames: { $file }
view-film-frames = Frames: { $file }
view-caption-changed = With changed or new buildings (what if).
view-caption-limits = Upright blocks on level ground; windows are only suggested.

## Files

view-file = File
view-save = Save
view-save-picture = Save picture …
view-save-view = Save view and what-if …
view-open-view = Open view …
view-save-table = Save table of buildings (CSV) …
view-save-results = Save results (report, maps, GIS) …
view-copy-link = Copy link to this view
view-link-copied = The link is copied. Paste it into Search to open it.
view-open-link = Open this view
view-open-last = Open the view of the last time
view-save-scenario = Save question as scenario …
view-saved = Saved: { $file }
view-opened = Opened: { $file }
view-file-failed = { $file }: { $why }
view-dialog-overwrite = Overwrite
view-dialog-reload = Reload
view-dialog-working = Working folder
view-dialog-hidden = Show hidden files
view-dialog-pinned = Pinned
view-dialog-places = Places
view-dialog-devices = Devices
view-dialog-removable = Removable devices
view-dialog-home = Home
view-dialog-desktop = Desktop
view-dialog-documents = Documents
view-dialog-downloads = Downloads
view-dialog-audio = Music
view-dialog-pictures = Pictures
view-dialog-videos = Videos
view-dialog-file = Selected file:
view-dialog-name = File name:
view-dialog-open = Open
view-dialog-exists = There is such a file. Overwrite it?
view-dialog-no-name = The file name is empty
view-dialog-file-exists = There is a file of this name already
view-dialog-folder-exists = There is a folder of this name already
view-dialog-system = Show system files
view-dialog-pin = Pin this folder
view-dialog-unpin = Unpin this folder
view-dialog-rename = Rename
view-dialog-all-files = All files

## Help

view-help-title = Help
view-help-mouse = Mouse: drag moves the ground, right drag (or Shift and drag) turns, the wheel comes nearer to what it points at, a click marks a building.
view-help-limits = Buildings are upright blocks on level ground. Windows are only suggested and mean nothing. Light in the picture follows the computed sun; its colours are a drawing.
view-key-move = Move
view-key-turn = Turn
view-key-tilt = Tilt
view-key-zoom = Nearer, farther
view-key-presets = Views: towers, from above, street, horizon
view-key-play = Let the clock run or stop it
view-key-search = Search buildings and commands
view-key-undo = Undo, redo
view-key-save = Save the view
view-key-picture = Picture and film
view-key-underground = Look under the ground
view-key-measure = Measure
view-key-draw = Draw a new building
view-key-note = Leave a note
view-key-walk = On foot, and up again
view-key-table = Table of buildings
view-key-language = Japanese or English
view-key-panels = Hide or show the panels
view-key-escape = Close; help
view-tour-start = Show the tour
view-tour-title = Tour { $step } of { $steps }
view-tour-next = Next
view-tour-end = Done
view-tour-1 = This is Nishi-Shinjuku. Drag to move, right drag to turn, roll the wheel to come nearer.
view-tour-2 = Here you ask: sun hours on ground, walls and roofs, the view of the sky, and the shadow rule (日影). The answer is coloured on the city with its unit.
view-tour-3 = The clock is Japan Standard Time. Let it run, or take a solstice: sun and shadows follow.
view-tour-4 = Measure, draw a new building, look under the ground, search, and save pictures, views and results here.
view-tour-5 = Click a building: its facts appear on this side, and what if it were higher, lower or gone.
view-credits = Data:

# Published attributes of city objects, by their names in CityGML and i-UR
view-published = Published attributes
view-published-none = Nothing more is published about it in this city.
attribute-measured-height = Measured height
attribute-storeys-above-ground = Storeys above ground
attribute-storeys-below-ground = Storeys below ground
attribute-storey-heights-above-ground = Storey heights
attribute-usage = Usage
attribute-class = Class
attribute-function = Function
attribute-year-of-construction = Year of construction
attribute-year-of-demolition = Year of demolition
attribute-roof-type = Roof type
attribute-name = Name
attribute-creation-date = Creation date
attribute-locality-name = Address
attribute-building-id = Building id
attribute-branch-id = Branch id
attribute-prefecture = Prefecture
attribute-city = City or ward
attribute-survey-year = Year of survey
attribute-total-floor-area = Total floor area
attribute-building-roof-edge-area = Roof edge area
attribute-building-footprint-area = Footprint area
attribute-site-area = Site area
attribute-building-structure-type = Structure
attribute-fireproof-structure-type = Fireproof structure
attribute-detailed-usage = Detailed usage
attribute-major-usage = Major usage
attribute-districts-and-zones-type = Districts and zones
attribute-land-use-type = Land use
attribute-building-height = Building height
attribute-eave-height = Eave height
attribute-specified-building-coverage-rate = Building coverage limit
attribute-specified-floor-area-rate = Floor area ratio limit
attribute-urban-plan-type = Urban planning area
attribute-area-classification-type = Area classification
attribute-depth = Flood depth
attribute-rank = Flood rank
attribute-description = River or hazard
attribute-scale = Scale of the flood
attribute-duration = Duration of the flood
attribute-admin-type = Administration
attribute-lod1-height-type = Height used for LOD1
attribute-geometry-src-desc = Source of the geometry
attribute-thematic-src-desc = Source of the attributes
attribute-appearance-src-desc = Source of the textures
attribute-src-scale = Map level of the source
