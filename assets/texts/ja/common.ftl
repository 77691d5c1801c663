### どの画面でも使うことば。

futago = Futago 双子
futago-tagline = 西新宿のデジタルツイン
yes = はい
no = いいえ
none = –
language-ja = 日本語
language-en = English
not-stated = 記載なし
synthetic = 合成データ
synthetic-note = 合成データを含みます。測定値ではなく、公開された手順で生成したものです。
time-zone = 日本標準時
north = 北
variant-as-is = 現況
variant-what-if = 変更後
variant-difference = 差
backend-cpu = CPU
backend-gpu = GPU
simulation-sunlight = 日照と日影
simulation-crowd = 人の混雑
simulation-office = オフィス
unit-h = 時間
unit-m = m
unit-km = km
