a 
 {{- /* comment
of two lines */ -}} 
	 b