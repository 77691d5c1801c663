### Defects of the input, by the code in the Report.

defect-missing-height = No height published
defect-missing-id = No id published
defect-clipped = Cut at the edge of the data
defect-duplicate-id = Id used twice
defect-duplicate-vertex = Vertex repeated
defect-self-intersection = Outline crosses itself
defect-unclosed-ring = Outline not closed
defect-too-few-vertices = Too few corners
defect-zero-area = No area
defect-wrong-orientation = Outline runs the wrong way round
defect-not-a-place = Not a place on Earth
defect-outside = Outside the site
