5 before 8
