// Label selectors (metav1.LabelSelector), where not all labels may be known.
#pragma once

#include "celldrift/core/value.hpp"

#include <algorithm>

namespace celldrift::compare {

// Ordered so that "and" is the least and "or" the greatest.
enum class Match { no, unknown, yes };
inline Match both(Match a, Match b) {
  return std::min(a, b);
}
inline Match either(Match a, Match b) {
  return std::max(a, b);
}
inline Match negated(Match match) {
  return Match(2 - int(match));
}
inline Match match_of(bool yes) {
  return yes ? Match::yes : Match::no;
}

// Labels of something, as a map; null when it has none.
struct Labels {
  Value values;
  bool complete = true;  // false: there may be others
};

// Whether the selector selects what has these labels. null and {} select everything.
Match selects(const Value* selector, const Labels& labels);

// What of an object selectors look at.
Labels labels_of(const Value& object);

}  // namespace celldrift::compare
