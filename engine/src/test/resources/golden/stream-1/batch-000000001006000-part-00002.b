6 before 10
