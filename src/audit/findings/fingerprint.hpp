// Fingerprints: what a finding is about, in 16 hex digits that are the same in every run and on
// every machine.
#pragma once

#include "celldrift/audit/report.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// Of some texts; their borders count ("a", "bc" is not "ab", "c").
std::string fingerprint(std::span<const std::string_view> parts);
std::string fingerprint(std::initializer_list<std::string_view> parts);

// The texts that tell what a finding about one object in one cell is about, for a fingerprint.
// Versions are left out of it: an object that moves from v1beta1 to v1 is still the same. The
// finding must outlive them.
std::vector<std::string_view> parts_of(const Finding& finding);

// Gives findings of equal fingerprints one of their own each, by their order.
void make_fingerprints_distinct(std::vector<Finding>& findings);

}  // namespace celldrift::audit
