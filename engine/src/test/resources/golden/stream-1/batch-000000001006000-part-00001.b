6 window Pair[key=3, value=284]
6 window Pair[key=4, value=19]
