// Making crumbs, and Paths of them.
#pragma once

#include "compare/walk.hpp"

namespace celldrift::compare {

Crumb field_crumb(const Crumb& parent, std::string_view field);
Crumb item_crumb(const Crumb& parent, const Value& keys, std::optional<std::size_t> index);
Crumb member_crumb(const Crumb& parent, const Value& value, std::optional<std::size_t> index);
Crumb index_crumb(const Crumb& parent, std::size_t index);

Path path_of(const Crumb& crumb);

}  // namespace celldrift::compare
