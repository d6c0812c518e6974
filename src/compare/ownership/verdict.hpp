// Whether a live node that Git does not state is drift: whose is it?
#pragma once

#include "compare/ownership/record.hpp"

#include <optional>
#include <string>

namespace celldrift::compare {

struct Verdict {
  enum class Kind {
    drift,
    controller,  // a controller owns it
    untellable,  // it may be a default: no schema says
  } kind = Kind::untellable;
  Evidence evidence = Evidence::owned;
  std::optional<Owner> owner;
  std::string reason;
};

// Whether a node's type, and so its default, is known.
enum class Defaults { known, unknown };

// Of a live leaf, or of what is taken as one, that is no default as far as defaults are known.
//
// A claim shows drift when somebody put the node there on purpose: a hand wrote it; or who applies
// Git stated it once. That an Apply shows by itself: it owns what it stated. An Update owns every
// default too, so either last-applied has it, or it must be known to be no default (spec: ownership
// 1 and 2). Of what nobody owns there is no record of who (ownership 9).
Verdict verdict_on(Record& record, const Crumb& node, Defaults defaults);

// Of a node that the server may have put there by itself (it allocates such things, or had a reason
// to before): who put it there on purpose all the same; nothing when nobody did.
std::optional<Verdict> put_on_purpose(Record& record, const Crumb& node);

}  // namespace celldrift::compare
