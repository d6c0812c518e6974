#include "cli/apps_file.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <iostream>
#include <iterator>
#include <set>

namespace celldrift::cli {
namespace {

constexpr std::size_t max_bytes = 32u << 20;

std::string read_all(const std::string& path) {
  if (path != "-") {
    return read_file(path, max_bytes);
  }
  std::string text;
  char part[65536];
  while (std::cin.read(part, sizeof part) || std::cin.gcount() > 0) {
    text.append(part, std::size_t(std::cin.gcount()));
    if (text.size() > max_bytes) {
      throw Error(ErrorCode::limit, "standard input has more than 32 MiB");
    }
  }
  return text;
}

void sort_in(const Value& object, fleet::Declared& declared) {
  const Value* items = object.find("items");
  const std::string_view kind = object.string_at({"kind"});
  if (kind.ends_with("List") && items != nullptr) {
    for (const Value& item : items->items()) {
      sort_in(item, declared);
    }
  } else if (object.string_at({"apiVersion"}).starts_with("argoproj.io/")) {
    if (kind == "ApplicationSet") {
      declared.application_sets.push_back(object);
    } else if (kind == "Application") {
      declared.applications.push_back(object);
    }
  }
}

Problem doubt(const Value& document, const std::string& message) {
  return {.stage = Stage::fleet,
          .application = std::string(document.string_at({"metadata", "name"})),
          .message = message,
          .source = describe(document.mark()),
          .unknown = LeavesUnknown::no};
}

}  // namespace

fleet::Declared read_declared_file(const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  const std::string text = yaml::to_utf8(read_all(path));
  fleet::Declared declared;
  for (const Value& document :
       yaml::parse_stream(text, {.source = intern_source({name, "", ""})}).documents) {
    sort_in(document, declared);
  }
  if (declared.application_sets.empty() && declared.applications.empty()) {
    throw Error(ErrorCode::usage, name + " has no ApplicationSet or Application of argoproj.io");
  }
  return declared;
}

std::vector<Value> documents_of(const fleet::Declared& declared,
                                const fleet::Fleet& fleet,
                                const fleet::GeneratorInputs& inputs) {
  std::vector<Value> documents;
  for (const Value& set : declared.application_sets) {
    try {
      std::ranges::move(fleet::generated_applications(set, fleet, inputs),
                        std::back_inserter(documents));
    } catch (Error& error) {
      throw error.at(set.mark());
    }
  }
  documents.insert(documents.end(), declared.applications.begin(), declared.applications.end());
  return documents;
}

std::vector<Problem> doubts_about(const std::vector<Value>& documents, const fleet::Fleet& fleet) {
  std::vector<Problem> doubts;
  std::set<std::string> names;
  for (const Value& document : documents) {
    const std::string name(document.string_at({"metadata", "name"}));
    if (!names.insert(name).second) {
      doubts.push_back(
          doubt(document, "the name is made more than once: Argo CD uses none of them"));
    }
    try {
      fleet.destination(document.string_at({"spec", "destination", "server"}),
                        document.string_at({"spec", "destination", "name"}));
    } catch (const Error& error) {
      doubts.push_back(
          doubt(document, "application destination spec is invalid: " + error.message()));
    }
  }
  return doubts;
}

}  // namespace celldrift::cli
