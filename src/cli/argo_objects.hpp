// Objects of Argo CD among others: which they are, and where they lie.
#pragma once

#include "celldrift/core/mark.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/fleet/cell.hpp"
#include "celldrift/fleet/expand.hpp"

#include <string>
#include <string_view>
#include <tuple>

namespace celldrift::cli {

bool is_of_argo(const Value& object, std::string_view kind);
// The object, in that namespace where it states none.
Value in_namespace(const Value& object, const std::string& ns);

using ArgoId = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name
ArgoId id_of(const Value& object);

// Tells files apart: the same one whatever commit it was read at.
std::string file_of(const Mark& mark);
bool is_under(std::string_view path, std::string_view directory);
// Whether what the Application makes lies in Argo CD's own cluster.
bool goes_to_hub(const fleet::Application& application, const fleet::Fleet& fleet);

}  // namespace celldrift::cli
