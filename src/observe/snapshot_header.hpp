// The first line of a snapshot: everything but the objects.
#pragma once

#include "celldrift/core/value.hpp"
#include "celldrift/observe/snapshot.hpp"

#include <cstddef>

namespace celldrift::observe {

inline constexpr std::string_view snapshot_schema = "celldrift.snapshot/v3";
// One gzip member: who reads only these must refuse v3.
inline constexpr std::string_view one_member_schema = "celldrift.snapshot/v2";
// Without what a cell serves and its types, and each object at one version only.
inline constexpr std::string_view former_schema = "celldrift.snapshot/v1";

Value header_of(const Snapshot& snapshot);
// The JSON of its line. Throws Error(config).
Value parse_header(std::string_view line);

// Of the header alone. Throws as read_header.
SnapshotBrief read_brief(const Value& header);

// What a cell serves and what of it was read: large, and alike in cells of one version.
struct CellSurface {
  std::map<GroupKind, KindCoverage> coverage;
  ScopeTable scopes;
  kube::ServedVersions served;
  kube::Schema schema = kube::Schema::builtin();
};
// Throw Error(config) when a field is missing or wrong, and for other schemas.
CellSurface read_surface(const Value& header);
// Equal for headers of equal surfaces.
Hash told_by(const Value& header);

struct Header {
  Snapshot snapshot;  // its observation has no objects yet
  std::size_t objects = 0;
};
// The rest of it. Throws as read_surface().
Header read_header(const Value& header, const CellSurface& surface);

}  // namespace celldrift::observe
