### The public page. For anyone, on any device.

page-title = Futago 双子 – Nishi-Shinjuku
page-lead = The streets and towers of Nishi-Shinjuku under the sun of this moment.
page-skip = Skip the picture and go to the answer
page-language = Language
page-menu = What would you like to know?
page-back-home = Back to the first screen
page-about = About this page

## Questions

page-ask-sun = Sunlight
page-ask-sun-about = When is this spot in the sun?
page-ask-crowd = Crowds
page-ask-crowd-about = How full is this street now?
page-ask-office = Offices
page-ask-office-about = How many people are in this building now?

## Clock

page-clock = Date and time in Japan
page-date = Date
page-time = Time
page-now = Now
page-day-today = Today
page-day-summer = Summer solstice
page-day-equinox = Spring equinox
page-day-winter = Winter solstice
page-day-presets = Choose a day
page-play = Let time run
page-pause = Stop

## Places

page-search = Find a place
page-search-hint = Name of a building or street
page-search-found = { $count ->
    [one] One place found.
   *[other] { $count } places found.
}
page-search-nothing = Nothing found. Try another name.
page-place-building = building, { NUMBER($height, maximumFractionDigits: 0) } m high
page-place-street = street
page-place-degrees = latitude and longitude
page-spot = Your spot
page-spot-use-middle = Answer for the middle of the picture
page-spot-hint = Tap the picture to ask about a spot.
page-outside = This is outside the map. Choose a spot inside it.

## Answers about the sun

page-sun-until = At { $now } this spot is in the sun. It will be in the shade from { $time }.
page-sun-until-sunset = At { $now } this spot is in the sun, and stays in it until sunset ({ $time }).
page-sun-shade-until = At { $now } this spot is in the shade. The sun reaches it at { $time }.
page-sun-no-more = At { $now } this spot is in the shade, and no more sun reaches it that day.
page-sun-never = No direct sun reaches this spot at any time of that day.
page-sun-night-until = At { $now } the sun is not up. It reaches this spot at { $time }.
page-sun-night = At { $now } the sun is not up, and no more sun reaches this spot that day.
page-sun-inside = This is inside a building. Choose a spot outside.
page-sun-no-day = The sun does not rise that day.
page-sun-stretch = { $from }–{ $to }
page-sun-and = { ", " }
page-sun-day = In the sun that day: { $list }, { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } hours in all.
page-sun-horizon = Sunrise { $sunrise }, sunset { $sunset }.
page-sun-changed = With the changes in this link: { $sentence }
page-sun-changes = Changes in this link: buildings taken away { NUMBER($removed) }, with another height { NUMBER($raised) }, new { NUMBER($added) }.
page-sun-unchanged = Without these changes: { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } hours of direct sun that day.
page-sun-unchanged-inside = Without these changes there is a building here.
page-sun-day-chart = Sun and shade over the day
page-state-sun = Sun
page-state-shade = Shade
page-state-night = Night
page-sun-model = Shadows of buildings and pedestrian decks, calculated. Trees, clouds and reflections are left out. The answer is for 1.5 m above the ground.

## Answers about crowds

page-synthetic = Synthetic data:{ " " }
page-measured = { "" }
page-crowd-now = { $source }{ $day } in { $period }, { $from }–{ $until }: about { NUMBER($persons, maximumFractionDigits: 0) } people an hour walk along { $way }. { $words }
page-crowd-few = { $source }{ $day } in { $period }, { $from }–{ $until }: so few people (fewer than { NUMBER($least, maximumFractionDigits: 0) } or so) walk along { $way } that their number is not shown.
page-crowd-none = There is no way on foot within 100 m of here.
page-crowd-way = the nearest way
page-crowd-way-named = the nearest way, { $name }
page-crowd-way-away = the nearest way with counts, { NUMBER($away, maximumFractionDigits: 0) } m from here
page-crowd-way-away-named = the nearest way with counts, { $name }, { NUMBER($away, maximumFractionDigits: 0) } m from here
page-crowd-nearer = On the ways nearer to here, too few people were counted to show a number.
page-crowd-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { NUMBER($year, useGrouping: "false") }
page-crowd-weekday = Weekdays
page-crowd-holiday = Weekends and holidays
page-crowd-a = One can walk freely (level A).
page-crowd-b = There are many people, but everyone can keep their own pace (level B).
page-crowd-c = One has to make way for others (level C).
page-crowd-d = It is crowded, and hard to overtake (level D).
page-crowd-e = It is very crowded: one can only shuffle (level E).
page-crowd-f = One can hardly move (level F).
page-crowd-busiest = { $day } in { $period } are fullest at { $from }–{ $until }: about { NUMBER($persons, maximumFractionDigits: 0) } people an hour.
page-crowd-change = { $day }, { $from }–{ $until }: about { NUMBER($before, maximumFractionDigits: 0) } people an hour before the declaration, about { NUMBER($after, maximumFractionDigits: 0) } after it ({ $change } %, with 95 % confidence between { $low } % and { $high } %).
page-crowd-levels = Ways lie above each other here. GPS cannot tell which of them people are on.
page-crowd-choice = State of emergency of April 2020
page-crowd-before = Before
page-crowd-after = After
page-crowd-chart = People over the day
page-crowd-map = Colours of the ways: people an hour (synthetic data)
page-crowd-model = Numbers are those of a mean day in these hours. Levels are Fruin's for people on foot (A to F), by people per width of the way.

## Answers about offices

page-office-now = Synthetic data: at { $now } about { NUMBER($persons, maximumFractionDigits: 0) } people are in { $name } ({ NUMBER($level, maximumFractionDigits: 0) } % of its capacity). { $words }
page-office-near = Synthetic data: at { $now } about { NUMBER($persons, maximumFractionDigits: 0) } people are in { $name } nearby ({ NUMBER($level, maximumFractionDigits: 0) } % of its capacity). { $words }
page-office-closed = At { $now } hardly anyone is taken to be in { $name }; it is calculated from 5:00 to 23:00.
page-office-none = No building near here counts as offices. Choose a tall building.
page-office-other = This building does not count as offices. Choose another one.
page-office-unnamed = this office building
page-office-empty = It is almost empty.
page-office-few = It is quiet.
page-office-half = About half of the desks are taken.
page-office-full = It is full.
page-office-day = That day it is fullest at { $from }–{ $until }, with about { NUMBER($persons, maximumFractionDigits: 0) } people.
page-office-compare = At this time about { NUMBER($before, maximumFractionDigits: 0) } people at 100 % attendance, about { NUMBER($after, maximumFractionDigits: 0) } at 30 %.
page-office-holiday = It is a day off, on which only a few people are taken to come.
page-office-choice = Attendance
page-office-before = 100 %
page-office-after = 30 % (working from home)
page-office-chart = People over the day
page-office-floors = People by floor
page-office-floor = Floor
page-office-persons = People
page-office-level = Share of capacity
page-office-floor-above = Floor { $floor }
page-office-floor-below = Basement { $floor }
page-office-map = Colours of the floors: share of capacity (synthetic data)
page-office-model = Synthetic data made from floor areas and usual working hours, not a count. 64 % of the capacity are taken to work there. Visitors and night shifts are left out.
page-class-0 = almost empty
page-class-1 = quiet
page-class-2 = about half
page-class-3 = full

## Calculating

page-more = Find out more
page-map-sun = Calculate hours of sun around it
page-map-sun-about = How long the sun reaches the ground within 400 m around the spot, calculated on your own device.
page-computing = Calculating.
page-computing-left = About { NUMBER($seconds, maximumFractionDigits: 0) } seconds left.
page-cancel = Stop
page-cancelled = The calculation was stopped.
page-failed = It could not be calculated: { $why }
page-result-hide = Take the colours away
page-result-done = The calculation is done.
page-limits = What this calculation cannot tell

## Moving the picture

page-view = Move the picture
page-nearer = Closer
page-farther = Farther
page-turn-left = Turn left
page-turn-right = Turn right
page-tilt-up = From above
page-reset-view = Back to the first view
page-stage-label = Nishi-Shinjuku in three dimensions, with the sun and shadows of { $time }. Arrow keys move, Q and E turn, + and - come closer and go away. Every answer is also given as text.
page-stage-waiting = Loading the picture of the city.

## Sharing

page-share = Share and keep
page-share-link = Copy a link
page-share-send = Send
page-share-copied = The link is copied.
page-share-embed = Copy the text for embedding
page-share-embed-copied = The text for embedding is copied.
page-picture = Save a picture
page-picture-saved = The picture is saved.
page-picture-alt = Picture of Nishi-Shinjuku

## Loading

page-loading = Loading the city.
page-loading-share = { $done } / { $total } MB
page-loading-long = The connection seems slow. The answers can be used already.
page-loading-failed = { $what } could not be loaded.
page-loading-again = Try again
page-offline = There is no connection. The city that was loaded before is used.
page-offline-ready = From now on this page works without a connection.
page-damaged = The city's data is damaged. Please load it again.
page-lost = The picture stopped. It is being loaded again.
page-no-drawing = This device cannot draw in three dimensions. Answers and a prepared picture are here.
page-no-script = This page needs JavaScript.
page-poster-alt = Prepared picture: the towers of Nishi-Shinjuku and their shadows at noon of the winter solstice

## Foot

page-credits = Sources
page-credits-none = no source stated
page-statement = Accessibility

## About the page

page-about-what = Futago puts the buildings, streets and bridges of Nishi-Shinjuku together from open data and calculates sun and shadows on the spot: a digital twin.
page-about-model = The sun's position follows NREL SPA; shadows are those of buildings and pedestrian decks. Trees, clouds, terrain and reflections are left out. Where the height of a building is not published it is estimated from its neighbours. Not for legal decisions.
page-about-own = Everything is calculated on your own device. What you look at and ask is sent nowhere.
page-statement-aim = The aim is JIS X 8341-3:2016 level AA (WCAG 2.0 AA). No expert has tested it yet.
page-statement-does-1 = What the picture shows is also said in words. You can find a place and read the answer without seeing the picture.
page-statement-does-2 = Everything can be done with the keyboard. What is to be pressed measures at least 44 pixels.
page-statement-does-3 = Nothing is told by colour alone or by movement alone; shade is hatched too.
page-statement-does-4 = Text can be enlarged to 200 % without loss.
page-statement-does-5 = With the setting for less motion the picture moves less.
page-statement-does-6 = Plain Japanese has readings over the characters.
page-statement-not = What is not there yet
page-statement-not-1 = Names of buildings in the picture are not read aloud. The same names are found by "Find a place".
page-statement-not-2 = Of a map in colours only the main sentences are read aloud.
page-statement-not-3 = Messages about a calculation that failed may not be in plain Japanese.
