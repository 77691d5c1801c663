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
page-sun-day-chart = 一日《いちにち》の日《ひ》なたと日《ひ》かげ
page-state-sun = 日《ひ》なた
page-state-shade = 日《ひ》かげ
page-state-night = 夜《よる》
page-sun-model = 建物《たてもの》の影《かげ》を計算《けいさん》しました。木《き》や雲《くも》の影《かげ》は入《はい》っていません。

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
