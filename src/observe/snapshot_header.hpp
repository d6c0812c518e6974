// The first line of a snapshot: everything but the objects.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/observe/snapshot.hpp"

#include <cstddef>

namespace celldrift::observe {

inline constexpr std::string_view snapshot_schema = "celldrift.snapshot/v2";
// Without what a cell serves and its types, and each object at one version only.
inline constexpr std::string_view former_schema = "celldrift.snapshot/v1";

Value header_of(const Snapshot& snapshot);

// Of the header alone. Throws as read_header.
SnapshotBrief read_brief(const Value& header);

struct Header {
  Snapshot snapshot;  // its observation has no objects yet
  std::size_t objects = 0;
};
// Throws Error(config) when a field is missing or wrong, and for other schemas.
Header read_header(const Value& header);

}  // namespace celldrift::observe
