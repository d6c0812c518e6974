#include "celldrift/fleet/overrides.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/shapes/application_shape.hpp"
#include "fleet/shapes/go_struct.hpp"
#include "fleet/shapes/merge_patch.hpp"

#include <algorithm>

namespace celldrift::fleet {
namespace {

const Shape& source_shape() {
  const auto fields = application_spec_shape.fields;
  return *std::ranges::find(fields, "source", &Field::name)->shape;
}

// Only what is about tools may be overridden.
Value with_own_place(Value result, const Value& source) {
  for (const std::string_view field : {"repoURL", "path", "targetRevision", "chart"}) {
    const Value* own = source.find(field);
    result = own != nullptr ? result.with(field, *own) : result.without(field);
  }
  return result;
}

}  // namespace

Value overridden_source(const Value& source, std::span<const Value> patches) {
  const Shape& shape = source_shape();
  GoStruct merged(shape);
  if (source.is_map()) {
    merged.decode(source, "source");
  }
  for (const Value& patch : patches) {
    if (!patch.is_map()) {
      throw Error(ErrorCode::parse,
                  "overrides of a source must be a map, not " + std::string(describe(patch.kind())),
                  patch.mark());
    }
    const Value document = encoded(merged.value(), shape);
    merged.decode(merge_patched(document, patch), "source");
  }
  return encoded(with_own_place(merged.value(), source), shape).with_mark(source.mark());
}

}  // namespace celldrift::fleet
