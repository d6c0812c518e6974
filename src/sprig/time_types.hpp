// The types of package time that templates see, with their methods.
#pragma once

#include "celldrift/gotemplate/function.hpp"
#include "sprig/go_time.hpp"

namespace celldrift::sprig {

extern const gotemplate::Type time_type;      // time.Time
extern const gotemplate::Type duration_type;  // time.Duration
extern const gotemplate::Type month_type;     // time.Month
extern const gotemplate::Type weekday_type;   // time.Weekday
extern const gotemplate::Type location_type;  // *time.Location, whose object is a Zone

gotemplate::Any make_time_value(gotemplate::Heap& heap, GoTime time);
const GoTime& time_of(const gotemplate::Any& value);
// Throws Error(config) where Go panics, for nil.
const Zone& zone_of(const gotemplate::Any& location);

// What Go's time.Local and time.Now() are in a run.
Zone local_zone(const gotemplate::Environment& environment);
GoTime now(const gotemplate::Environment& environment);

}  // namespace celldrift::sprig
