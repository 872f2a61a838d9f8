9 before 16
