#include "cli/wanted.hpp"

#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

const Value* labels_of(const Value& object) {
  return object.find({"metadata", "labels"});
}

std::string cell_of(const Value& document, const fleet::Fleet& fleet) {
  const std::string_view server = document.string_at({"spec", "destination", "server"});
  const std::string_view name = document.string_at({"spec", "destination", "name"});
  try {
    return fleet.destination(server, name).name;
  } catch (const Error&) {
    return "";
  }
}

LabelSelector selector_of_flag(const std::string& text) {
  try {
    return LabelSelector(text);
  } catch (Error& error) {
    throw error.add_context("-l");
  }
}

}  // namespace

Wanted::Wanted(const AppsOptions& what)
    : cells_(what.cells), labels_(selector_of_flag(what.selector)) {}

bool Wanted::operator()(const fleet::Application& application) const {
  return is_cell(application.cell) && labels_.matches(labels_of(application.object));
}

bool Wanted::operator()(const Value& document, const fleet::Fleet& fleet) const {
  return labels_.matches(labels_of(document)) &&
         (cells_.empty() || is_cell(cell_of(document, fleet)));
}

bool Wanted::is_cell(const std::string& name) const {
  return cells_.empty() || std::ranges::any_of(cells_, [&](const std::string& glob) {
           return glob_match(glob, name);
         });
}

}  // namespace celldrift::cli
