### 入力データの不備（Report の符号ごと）。

defect-missing-height = 高さが公開されていない
defect-missing-id = ID が公開されていない
defect-clipped = データの端で切れている
defect-duplicate-id = ID が重複している
defect-duplicate-vertex = 頂点が重複している
defect-self-intersection = 輪郭が交差している
defect-unclosed-ring = 輪郭が閉じていない
defect-too-few-vertices = 頂点が足りない
defect-zero-area = 面積がない
defect-wrong-orientation = 輪郭の向きが逆
defect-not-a-place = 地球上の位置ではない
defect-outside = 対象区域の外
