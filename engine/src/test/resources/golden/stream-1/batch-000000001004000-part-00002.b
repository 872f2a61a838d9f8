4 before 6
