package check

// retired are the ids of checks that once were published. They stay here so
// that no later check takes their name and inherits their history.
var retired = []string{}
