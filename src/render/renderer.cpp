#include "celldrift/render/render.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "render/directory.hpp"
#include "render/overrides.hpp"
#include "render/source_path.hpp"

#include <algorithm>

namespace celldrift::render {
namespace {

void refuse_other_places(const Value& source_spec) {
  if (!source_spec.string_at({"chart"}).empty()) {
    throw Error(ErrorCode::unsupported,
                "charts from a Helm repository are not supported yet",
                source_spec.mark());
  }
  if (source_spec.string_at({"repoURL"}).starts_with("oci://")) {
    throw Error(ErrorCode::unsupported, "OCI sources are not supported yet", source_spec.mark());
  }
}

std::shared_ptr<const Manifests> render(const git::Tree& tree,
                                        const std::string& path,
                                        const Value& source_spec,
                                        SourceType type) {
  if (type != SourceType::directory) {
    throw Error(ErrorCode::unsupported,
                std::string(describe(type)) +
                    " sources are not supported yet: " + (path.empty() ? "." : path));
  }
  return std::make_shared<const Manifests>(
      render_directory(tree, path, directory_options(source_spec)));
}

std::string id_of(const git::Tree& tree) {
  const std::string commit = tree.commit();
  const auto address = reinterpret_cast<std::uintptr_t>(
      &tree);  // NOLINT: tells work trees apart, never read through
  return commit.empty() ? "@" + std::to_string(address) : commit;
}

// What an Application's source renders to depends on nothing else, unless files override it.
// Nothing where the path needs a closer look.
std::optional<Hash> identity_of(const git::Tree& tree, const fleet::ApplicationSource& source) {
  if (source.path.empty() || source.path.starts_with('/') ||
      source.path.find("..") != source.path.npos) {
    return std::nullopt;
  }
  const std::optional<git::Entry> entry = tree.find(source.path);
  if (!entry) {
    return std::nullopt;
  }
  const Value parts = Value::list({Value::string(id_of(tree)),
                                   Value::string(source.path),
                                   Value::string(entry->oid),
                                   source.spec});
  return parts.hash();
}

// What the result depends on. Marks name the commit and the path, so equal directories in two
// places are two.
std::string key_of_source(const git::Tree& tree,
                          const std::string& path,
                          const Value& source_spec,
                          SourceType type) {
  const std::optional<git::Entry> entry = tree.find(path);
  const DirectoryOptions options = directory_options(source_spec);
  const Value parts = Value::list({Value::string(id_of(tree)),
                                   Value::string(path),
                                   Value::string(entry ? entry->oid : ""),
                                   Value::string(describe(type)),
                                   Value::boolean(options.recurse),
                                   Value::string(options.include),
                                   Value::string(options.exclude)});
  return yaml::canonical_json(parts);
}

}  // namespace

std::shared_ptr<const Manifests> Renderer::remembered(const git::Tree& tree,
                                                      const std::string& path,
                                                      const Value& source_spec,
                                                      SourceType type) {
  const std::string key = key_of_source(tree, path, source_spec, type);
  std::promise<std::shared_ptr<const Manifests>> promise;
  Result result;
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    const auto [place, added] = done_.try_emplace(key);
    is_first = added;
    if (added) {
      place->second = promise.get_future().share();
    }
    result = place->second;
  }
  if (is_first) {
    try {
      promise.set_value(render(tree, path, source_spec, type));
    } catch (...) {
      promise.set_exception(std::current_exception());
    }
  }
  try {
    return result.get();
  } catch (const Error& error) {
    throw Error(error);  // a copy: callers add their context, and others hold the same one
  }
}

std::shared_ptr<const Manifests> Renderer::source(const git::Tree& tree,
                                                  std::string_view path,
                                                  const Value& source_spec) {
  return render_checked(tree, path, source_spec, std::nullopt, nullptr);
}

std::shared_ptr<const Manifests> Renderer::source(const git::Tree& tree,
                                                  std::string_view path,
                                                  const Value& source_spec,
                                                  SourceType type) {
  return render_checked(tree, path, source_spec, type, nullptr);
}

std::shared_ptr<const Manifests> Renderer::source(const git::Tree& tree,
                                                  const fleet::ApplicationSource& source,
                                                  const fleet::Application& application) {
  const std::optional<Hash> identity = identity_of(tree, source);
  if (identity) {
    const std::lock_guard lock(mutex_);
    if (const auto found = alike_.find(*identity); found != alike_.end()) {
      return found->second;
    }
  }
  auto manifests = render_checked(tree, source.path, source.spec, std::nullopt, &application);
  if (identity && !may_be_overridden(tree, source.path)) {
    const std::lock_guard lock(mutex_);
    alike_.emplace(*identity, manifests);
  }
  return manifests;
}

std::shared_ptr<const Manifests> Renderer::render_checked(const git::Tree& tree,
                                                          std::string_view path,
                                                          const Value& source_spec,
                                                          std::optional<SourceType> type,
                                                          const fleet::Application* application) {
  refuse_other_places(source_spec);
  if (path.empty()) {  // a source that is only referenced renders nothing
    return std::make_shared<const Manifests>();
  }
  const std::string place = source_path(tree, path);
  const Value spec = with_overrides(
      tree,
      place,
      source_spec,
      application == nullptr ? "" : fleet::instance_name(*application, controller_ns_));
  return remembered(tree, place, spec, type ? *type : detect(tree, path, spec));
}

}  // namespace celldrift::render
