#include "celldrift/render/references.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/git/repository.hpp"

#include <algorithm>
#include <utility>

namespace celldrift::render {
namespace {

bool is_valid_name(std::string_view name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

bool has_several_sources(const fleet::Application& application) {
  const Value* sources = application.object.find({"spec", "sources"});
  return sources != nullptr && sources->size() > 0 &&
         application.object.find({"spec", "sourceHydrator"}) == nullptr;
}

// valueFiles, then the paths of fileParameters.
std::vector<std::string_view> files_of(const Value& source) {
  std::vector<std::string_view> files;
  const Value* value_files = source.find({"helm", "valueFiles"});
  for (const Value& file : value_files != nullptr ? value_files->items() : Value().items()) {
    files.push_back(file.is_string() ? file.as_string() : "");
  }
  const Value* parameters = source.find({"helm", "fileParameters"});
  for (const Value& parameter : parameters != nullptr ? parameters->items() : Value().items()) {
    files.push_back(parameter.string_at({"path"}));
  }
  return files;
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

[[noreturn]] void refuse_unknown(std::string_view name,
                                 const References& references,
                                 const Mark& mark) {
  std::vector<std::string> known;
  for (const auto& [key, reference] : references) {
    known.push_back(key);
  }
  throw Error(ErrorCode::config,
              "source referenced " + in_quotes(name) +
                  (known.empty()
                       ? ", but no source has a 'ref' field defined"
                       : ", which is not one of the available sources (" + join(known, ", ") + ")"),
              mark);
}

}  // namespace

References references_of(const fleet::Application& application) {
  References references;
  if (!has_several_sources(application)) {
    return references;
  }
  for (const fleet::ApplicationSource& source : application.sources) {
    if (source.ref.empty()) {
      continue;
    }
    if (!is_valid_name(source.ref)) {
      throw Error(
          ErrorCode::config,
          "sources.ref " + source.ref + " cannot contain any special characters except '_' and '-'",
          source.spec.mark());
    }
    const Reference reference{.repo_url = source.repo_url,
                              .target_revision = source.target_revision,
                              .chart = source.chart};
    if (!references.emplace("$" + source.ref, reference).second) {
      throw Error(ErrorCode::config,
                  "invalid sources: multiple sources had the same `ref` key",
                  source.spec.mark());
    }
  }
  return references;
}

std::vector<std::string> used_references(const fleet::ApplicationSource& source,
                                         const References& references) {
  std::vector<std::string> used;
  for (const std::string_view file : files_of(source.spec)) {
    if (!file.starts_with('$')) {
      continue;
    }
    const std::string name(file.substr(0, file.find('/')));
    const auto found = references.find(name);
    if (found == references.end()) {
      refuse_unknown(name, references, source.spec.mark());
    }
    if (!found->second.chart.empty()) {
      throw Error(ErrorCode::config,
                  "source has a 'chart' field defined, but Helm charts are not yet not supported "
                  "for 'ref' sources",
                  source.spec.mark());
    }
    if (std::ranges::find(used, name) == used.end()) {
      used.push_back(name);
    }
  }
  return used;
}

void check_revisions(const fleet::ApplicationSource& source,
                     const std::string& revision,
                     const std::vector<std::string>& used,
                     const References& references) {
  std::map<std::string, std::string> first;  // by repository: who named it first
  for (const std::string& name : used) {
    const Reference& reference = references.at(name);
    const std::string repository = git::argo_url(reference.repo_url);
    const auto [known, is_new] = first.emplace(repository, name);
    if (!is_new) {
      const Reference& other = references.at(known->second);
      if (other.target_revision != reference.target_revision) {
        throw Error(ErrorCode::config,
                    "cannot reference multiple revisions for the same repository (" + name +
                        " references " + in_quotes(reference.target_revision) + " while " +
                        known->second + " references " + in_quotes(other.target_revision) + ")",
                    source.spec.mark());
      }
      continue;
    }
    if (git::argo_url(source.repo_url) == repository && revision != reference.revision) {
      throw Error(ErrorCode::config,
                  "cannot reference a different revision of the same repository (" + name +
                      " references " + in_quotes(reference.target_revision) +
                      " which resolves to " + in_quotes(reference.revision) +
                      " while the application references " + in_quotes(source.target_revision) +
                      " which resolves to " + in_quotes(revision) + ")",
                  source.spec.mark());
    }
  }
}

}  // namespace celldrift::render
