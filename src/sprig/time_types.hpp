// The types of package time that templates see, with their methods.
#pragma once

#include "celldrift/gotemplate/function.hpp"
#include "sprig/go_time.hpp"

namespace celldrift::sprig {

extern const gotemplate::Type time_type;      // time.Time
extern const gotemplate::Type duration_type;  // time.Duration

gotemplate::Any make_time_value(gotemplate::Heap& heap, GoTime time);
const GoTime& time_of(const gotemplate::Any& value);

// What Go's time.Local and time.Now() are in a run.
Zone local_zone(const gotemplate::Environment& environment);
GoTime now(const gotemplate::Environment& environment);

}  // namespace celldrift::sprig
