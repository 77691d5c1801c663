### やさしい日本語の公開ページ。短い文、やさしいことば。ふりがなは 漢字《かんじ》 と書く。

page-title = 双子《ふたご》 Futago – 西新宿《にししんじゅく》の街《まち》
page-lead = 西新宿《にししんじゅく》の街《まち》と、いまの太陽《たいよう》を見《み》ることができます。
page-skip = 図《ず》をとばして、答《こた》えを読《よ》む
page-language = ことば
page-menu = 何《なに》を知《し》りたいですか
page-back-home = はじめの画面《がめん》へ
page-about = このページについて

## 質問

page-ask-sun = 日当《ひあ》たり
page-ask-sun-about = ここには、いつ太陽《たいよう》の光《ひかり》が来《き》ますか。
page-ask-crowd = 混雑《こんざつ》
page-ask-crowd-about = この道《みち》は、いま人《ひと》が多《おお》いですか。
page-ask-office = 会社《かいしゃ》の人《ひと》
page-ask-office-about = この建物《たてもの》に、いま何人《なんにん》いますか。

## 時計

page-clock = 日本《にほん》の日《ひ》と時間《じかん》
page-date = 日《ひ》
page-time = 時間《じかん》
page-now = いま
page-day-today = きょう
page-day-summer = 夏至《げし》(昼《ひる》がいちばん長《なが》い日《ひ》)
page-day-equinox = 春分《しゅんぶん》(昼《ひる》と夜《よる》が同《おな》じ日《ひ》)
page-day-winter = 冬至《とうじ》(昼《ひる》がいちばん短《みじか》い日《ひ》)
page-day-presets = 日《ひ》を選《えら》ぶ
page-play = 時間《じかん》を進《すす》める
page-pause = 止《と》める

## 場所

page-search = 場所《ばしょ》をさがす
page-search-hint = 建物《たてもの》や道《みち》の名前《なまえ》
page-search-found = { $count }個《こ》ありました。
page-search-nothing = ありませんでした。別《べつ》の名前《なまえ》を書《か》いてください。
page-place-building = 建物《たてもの》、高《たか》さ { NUMBER($height, maximumFractionDigits: 0) } メートル
page-place-street = 道《みち》
page-place-degrees = 緯度《いど》・経度《けいど》
page-spot = 選《えら》んだ場所《ばしょ》
page-spot-use-middle = 図《ず》のまん中《なか》の答《こた》えを見《み》る
page-spot-hint = 図《ず》をさわってください。その場所《ばしょ》の答《こた》えが出《で》ます。
page-outside = ここは図《ず》の外《そと》です。図《ず》の中《なか》を選《えら》んでください。

## 日当たりの答え

page-sun-until = { $now } は、日《ひ》なたです。{ $time } に日《ひ》かげになります。
page-sun-until-sunset = { $now } は、日《ひ》なたです。太陽《たいよう》が沈《しず》む { $time } まで、日《ひ》なたです。
page-sun-shade-until = { $now } は、日《ひ》かげです。{ $time } に日《ひ》なたになります。
page-sun-no-more = { $now } は、日《ひ》かげです。この日《ひ》は、もう日《ひ》なたになりません。
page-sun-never = この日《ひ》は、ずっと日《ひ》かげです。
page-sun-night-until = { $now } は、太陽《たいよう》が出《で》ていません。{ $time } に日《ひ》なたになります。
page-sun-night = { $now } は、太陽《たいよう》が出《で》ていません。この日《ひ》は、もう日《ひ》なたになりません。
page-sun-inside = ここは建物《たてもの》の中《なか》です。外《そと》を選《えら》んでください。
page-sun-no-day = この日《ひ》、太陽《たいよう》は出《で》ません。
page-sun-stretch = { $from }から{ $to }まで
page-sun-and = 、
page-sun-day = この日《ひ》の日《ひ》なたの時間《じかん》は、{ $list }です。全部《ぜんぶ》で { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間《じかん》です。
page-sun-horizon = 太陽《たいよう》が出《で》る時間《じかん》は { $sunrise }、沈《しず》む時間《じかん》は { $sunset } です。
page-sun-changed = このリンクの計画《けいかく》のとおりのとき: { $sentence }
page-sun-changes = リンクの計画《けいかく》: なくなる建物《たてもの》は { NUMBER($removed) }、高《たか》さが変《か》わる建物《たてもの》は { NUMBER($raised) }、新《あたら》しい建物《たてもの》は { NUMBER($added) } です。
page-sun-unchanged = 計画《けいかく》がないとき、この日《ひ》に日《ひ》が当《あ》たるのは { NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間《じかん》です。
page-sun-unchanged-inside = 計画《けいかく》がないとき、ここには建物《たてもの》があります。
page-sun-day-chart = 一日《いちにち》の日《ひ》なたと日《ひ》かげ
page-state-sun = 日《ひ》なた
page-state-shade = 日《ひ》かげ
page-state-night = 夜《よる》
page-sun-model = 建物《たてもの》の影《かげ》を計算《けいさん》しました。木《き》や雲《くも》の影《かげ》は入《はい》っていません。

## 混雑の答え

page-synthetic = 計算《けいさん》で作《つく》った数《かず》です（合成《ごうせい》データ）。
page-measured = { "" }
page-crowd-now = { $source }{ $period }の{ $day }、{ $from }から{ $until }まで、{ $way }を 1 時間《じかん》に{ " " }{ NUMBER($persons, maximumFractionDigits: 0) } 人《にん》くらいが通《とお》ります。{ $words }
page-crowd-few = { $source }{ $period }の{ $day }、{ $from }から{ $until }まで、{ $way }を通《とお》る人《ひと》は少《すく》ないです。{ NUMBER($least, maximumFractionDigits: 0) } 人《にん》より少《すく》ないときなどは、数《かず》を言《い》いません。
page-crowd-none = ここから 100 メートルの中《なか》に、歩《ある》く道《みち》がありません。
page-crowd-way = いちばん近《ちか》い道《みち》
page-crowd-way-named = いちばん近《ちか》い道《みち》「{ $name }」
page-crowd-way-away = ここから { NUMBER($away, maximumFractionDigits: 0) } メートルの道《みち》
page-crowd-way-away-named = ここから { NUMBER($away, maximumFractionDigits: 0) } メートルの道《みち》「{ $name }」
page-crowd-nearer = もっと近《ちか》い道《みち》は、人《ひと》が少《すく》ないので、数《かず》を言《い》いません。
page-crowd-month = { NUMBER($year, useGrouping: "false") } 年《ねん》 { $month } 月《がつ》
page-crowd-weekday = 月曜日《げつようび》から金曜日《きんようび》
page-crowd-holiday = 土曜日《どようび》・日曜日《にちようび》・休《やす》みの日《ひ》
page-crowd-a = 自由《じゆう》に歩《ある》くことができます。
page-crowd-b = 人《ひと》は少《すこ》し多《おお》いですが、歩《ある》きやすいです。
page-crowd-c = 人《ひと》が多《おお》いです。よけて歩《ある》きます。
page-crowd-d = 混《こ》んでいます。前《まえ》の人《ひと》を追《お》いこすのは難《むずか》しいです。
page-crowd-e = とても混《こ》んでいます。ゆっくり歩《ある》きます。
page-crowd-f = 人《ひと》がいっぱいで、前《まえ》に進《すす》みにくいです。
page-crowd-busiest = { $period }の{ $day }は、{ $from }から{ $until }まで、人《ひと》がいちばん多《おお》いです。1 時間《じかん》に{ " " }{ NUMBER($persons, maximumFractionDigits: 0) } 人《にん》くらいです。
page-crowd-change = { $day }の { $from }から{ $until }まで、前《まえ》は 1 時間《じかん》に{ " " }{ NUMBER($before, maximumFractionDigits: 0) } 人《にん》くらい、後《あと》は{ " " }{ NUMBER($after, maximumFractionDigits: 0) } 人《にん》くらいです（{ $change } %。{ $low } % から { $high } % の間《あいだ》だと考《かんが》えられます）。
page-crowd-levels = ここには、上《うえ》の道《みち》と下《した》の道《みち》があります。どちらの人《ひと》か、わかりません。
page-crowd-choice = コロナの「緊急事態宣言《きんきゅうじたいせんげん》」（2020 年《ねん》 4 月《がつ》）
page-crowd-before = 前《まえ》
page-crowd-after = 後《あと》
page-crowd-chart = 一日《いちにち》の人《ひと》の数《かず》
page-crowd-map = 図《ず》の道《みち》の色《いろ》: 1 時間《じかん》に通《とお》る人《ひと》の数《かず》
page-crowd-model = 数《かず》は、同《おな》じ時間《じかん》の一日《いちにち》の平均《へいきん》です。本当《ほんとう》に数《かぞ》えた数《かず》ではないことがあります。

## オフィスの答え

page-office-now = 計算《けいさん》で作《つく》った数《かず》です（合成《ごうせい》データ）。{ $now } に、{ $name }には、会社《かいしゃ》の人《ひと》が { NUMBER($persons, maximumFractionDigits: 0) } 人《にん》くらいいます。{ $words }
page-office-near = 計算《けいさん》で作《つく》った数《かず》です（合成《ごうせい》データ）。近《ちか》くの{ $name }には、{ $now } に、会社《かいしゃ》の人《ひと》が { NUMBER($persons, maximumFractionDigits: 0) } 人《にん》くらいいます。{ $words }
page-office-closed = { $now } は、{ $name }に人《ひと》がほとんどいません。朝《あさ》 5 時《じ》から夜《よる》 11 時《じ》までを選《えら》んでください。
page-office-none = 近《ちか》くに、会社《かいしゃ》の建物《たてもの》がありません。高《たか》い建物《たてもの》を選《えら》んでください。
page-office-other = この建物《たてもの》は、会社《かいしゃ》の建物《たてもの》ではないと考《かんが》えました。ほかの建物《たてもの》を選《えら》んでください。
page-office-unnamed = この建物《たてもの》
page-office-empty = 人《ひと》は、ほとんどいません。
page-office-few = 人《ひと》は、少《すく》ないです。
page-office-half = 席《せき》の半分《はんぶん》くらいに、人《ひと》がいます。
page-office-full = 人《ひと》が多《おお》いです。
page-office-day = この日《ひ》は、{ $from }から{ $until }まで、人《ひと》がいちばん多《おお》いです。{ NUMBER($persons, maximumFractionDigits: 0) } 人《にん》くらいです。
page-office-compare = みんなが会社《かいしゃ》に来《く》ると { NUMBER($before, maximumFractionDigits: 0) } 人《にん》くらい、100 人《にん》のうち 30 人《にん》が来《く》ると { NUMBER($after, maximumFractionDigits: 0) } 人《にん》くらいです。
page-office-holiday = 休《やす》みの日《ひ》です。会社《かいしゃ》に来《く》る人《ひと》は少《すく》ないです。
page-office-choice = 会社《かいしゃ》に来《く》る人《ひと》
page-office-before = みんな（100 %）
page-office-after = 少《すこ》しだけ（30 %）
page-office-chart = 一日《いちにち》の人《ひと》の数《かず》
page-office-floors = 階《かい》ごとの人《ひと》の数《かず》
page-office-floor = 階《かい》
page-office-persons = 人《ひと》の数《かず》
page-office-level = 席《せき》の数《かず》と比《くら》べて
page-office-floor-above = { $floor } 階《かい》
page-office-floor-below = 地下《ちか》 { $floor } 階《かい》
page-office-map = 図《ず》の階《かい》の色《いろ》: 席《せき》の数《かず》と比《くら》べた人《ひと》の数《かず》
page-office-model = 建物《たてもの》の広《ひろ》さから計算《けいさん》しました。本当《ほんとう》に数《かぞ》えた数《かず》ではありません。会社《かいしゃ》に来《く》るお客《きゃく》さんは入《はい》っていません。
page-class-0 = ほとんどいない
page-class-1 = 少《すく》ない
page-class-2 = 半分《はんぶん》くらい
page-class-3 = 多《おお》い

## 計算

page-more = もっと知《し》る
page-map-sun = まわりの日当《ひあ》たりを計算《けいさん》する
page-map-sun-about = まわり 400 メートルの地面《じめん》に、太陽《たいよう》の光《ひかり》が何時間《なんじかん》来《く》るかを計算《けいさん》します。
page-computing = 計算《けいさん》しています。
page-computing-left = あと { NUMBER($seconds, maximumFractionDigits: 0) } 秒《びょう》ぐらいです。
page-cancel = やめる
page-cancelled = 計算《けいさん》をやめました。
page-failed = 計算《けいさん》できませんでした: { $why }
page-result-hide = 色《いろ》を消《け》す
page-result-done = 計算《けいさん》できました。
page-limits = この計算《けいさん》でわからないこと

## 画面の動かし方

page-view = 図《ず》を動《うご》かす
page-nearer = 近《ちか》く
page-farther = 遠《とお》く
page-turn-left = 左《ひだり》に回《まわ》す
page-turn-right = 右《みぎ》に回《まわ》す
page-tilt-up = 上《うえ》から見《み》る
page-reset-view = はじめの図《ず》にもどす
page-stage-label = 西新宿の街の図。{ $time } の太陽と影。矢印キーで動きます。Q と E で回ります。+ と - で近くや遠くを見ます。答えは文でも出ます。
page-stage-waiting = 図《ず》を読《よ》んでいます。待《ま》ってください。

## 分かちあう

page-share = ほかの人《ひと》に見《み》せる
page-share-link = リンクをコピーする
page-share-send = 送《おく》る
page-share-copied = リンクをコピーしました。
page-share-embed = ほかのページに入《い》れる文《ぶん》をコピーする
page-share-embed-copied = コピーしました。
page-picture = 絵《え》を残《のこ》す
page-picture-saved = 絵《え》を残《のこ》しました。
page-picture-alt = 西新宿《にししんじゅく》の街《まち》の図《ず》

## 読みこみ

page-loading = 街《まち》を読《よ》んでいます。待《ま》ってください。
page-loading-share = { $done } / { $total } MB
page-loading-long = インターネットがおそいです。答《こた》えは先《さき》に見《み》ることができます。
page-loading-failed = { $what } を読《よ》むことができませんでした。
page-loading-again = もう一度《いちど》
page-offline = インターネットにつながっていません。前《まえ》に読《よ》んだ街《まち》を使《つか》います。
page-offline-ready = このページは、インターネットがなくても使《つか》うことができます。
page-damaged = 街《まち》のデータがこわれています。もう一度《いちど》読《よ》んでください。
page-lost = 図《ず》が止《と》まりました。もう一度《いちど》読《よ》みます。
page-no-drawing = この機械《きかい》では、図《ず》が出《で》ません。答《こた》えは見《み》ることができます。
page-no-script = このページは JavaScript を使《つか》います。
page-poster-alt = 西新宿《にししんじゅく》の高《たか》い建物《たてもの》と影《かげ》の絵《え》

## 奥付

page-credits = データを作《つく》った人《ひと》
page-credits-none = 書《か》いてありません
page-statement = だれでも使《つか》えるために

## このページについて

page-about-what = 双子《ふたご》は、コンピューターの中《なか》の西新宿《にししんじゅく》です。建物《たてもの》や道《みち》のデータから作《つく》りました。太陽《たいよう》と影《かげ》を計算《けいさん》します。
page-about-model = 木《き》や雲《くも》の影《かげ》は入《はい》っていません。建物《たてもの》の高《たか》さがわからないところもあります。法律《ほうりつ》のことを決《き》めるときは、使《つか》わないでください。
page-about-own = 計算《けいさん》は、あなたの機械《きかい》がします。あなたが見《み》たことは、だれにも送《おく》りません。
page-statement-aim = JIS X 8341-3:2016 の AA をめざしています。専門家《せんもんか》のテストは、まだしていません。
page-statement-does-1 = 図《ず》でわかることは、文《ぶん》でもわかります。
page-statement-does-2 = キーボードだけで使《つか》うことができます。
page-statement-does-3 = 色《いろ》がわからなくても、使《つか》うことができます。
page-statement-does-4 = 文字《もじ》を大《おお》きくすることができます。
page-statement-does-5 = 動《うご》きを少《すく》なくすることができます。
page-statement-does-6 = ふりがながあります。
page-statement-not = まだできないこと
page-statement-not-1 = 図《ず》の中《なか》の名前《なまえ》は、声《こえ》で読《よ》みません。「場所《ばしょ》をさがす」を使《つか》ってください。
page-statement-not-2 = 色《いろ》の図《ず》は、大切《たいせつ》な文《ぶん》だけ声《こえ》で読《よ》みます。
page-statement-not-3 = 計算《けいさん》できなかったときの文《ぶん》は、やさしい日本語《にほんご》ではないことがあります。

# 計算した結果の文
quantity-sun-hours = 日《ひ》が当《あ》たる時間《じかん》
sunlight-finding-ground = 外《そと》の地面《じめん》には、日《ひ》が{ " " }{ NUMBER($mean, minimumFractionDigits: 1, maximumFractionDigits: 1) } 時間《じかん》くらい当《あ》たります（{ $when }）。日《ひ》がまったく当《あ》たらない地面《じめん》は、100 のうち { NUMBER($none, maximumFractionDigits: 0) } です。2 時間《じかん》より短《みじか》い地面《じめん》は、100 のうち { NUMBER($under, maximumFractionDigits: 0) } です。
sunlight-limit-ground = この計算《けいさん》では、地面《じめん》は平《たい》らです。坂《さか》はありません。
sunlight-limit-prisms = 建物《たてもの》は、上《うえ》が平《たい》らな箱《はこ》です。木《き》のかげはありません。
sunlight-limit-edition = 建物《たてもの》は、2020 年度《ねんど》のものです。今《いま》と違《ちが》うことがあります。
sunlight-limit-point-sun = 雲《くも》はありません。いつも晴《は》れの日《ひ》として計算《けいさん》します。
