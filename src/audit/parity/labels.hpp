// Which label of the cells' cluster Secrets may be why a cell lacks an Application.
#pragma once

#include "celldrift/audit/known.hpp"

#include <optional>
#include <span>
#include <string>

namespace celldrift::audit {

struct DecidingLabel {
  enum class How {
    lacking,  // the cell does not have it
    similar,  // it says nearly the same: another case, a letter or two
    other,    // it says something else
  } how = How::other;
  std::string name;
  std::string theirs;  // what all cells that have the Application say
  std::string own;     // what the cell says; the name that it gives it where that is similar
};

// The label that all of `siblings` agree on and the cell does not; what is most likely a mistake
// first (similar, lacking, other), then by name. Nothing where there is none.
std::optional<DecidingLabel> deciding_label(const KnownCell& cell,
                                            std::span<const KnownCell* const> siblings);

// True when one comes from the other by a change of case, blanks, "-" for "_", or one letter more,
// less or another (two in words of eight letters or more); never for numbers and single letters.
bool is_slip(std::string_view a, std::string_view b);

}  // namespace celldrift::audit
