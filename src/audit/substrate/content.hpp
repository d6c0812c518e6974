// What of a substrate's object counts, and how its paths are written.
#pragma once

#include "celldrift/core/object.hpp"
#include "celldrift/core/path.hpp"

namespace celldrift::audit {

// A CustomResourceDefinition: its names, conversion, and what each version has as its types.
Value definition_content(const Value& live);

// A path in substrate_content() as it is in the object: content.versions.v1 of a definition is
// spec.versions[name=v1], at the place that the first content has it at.
Path object_path(const GroupKind& kind, const Path& path, const Value& content);

// True for a class that counts where none is named.
bool is_default_class(const GroupKind& kind, const Value& content);
// The same of the path of the field that says so.
bool says_default_class(const Path& path);

}  // namespace celldrift::audit
