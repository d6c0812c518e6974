#include "celldrift/history/version.hpp"

#include <map>
#include <set>

namespace celldrift::history {
namespace {

// "1.3" of "registry:5000/app:1.3@sha256:…".
std::string_view tag_of(std::string_view image) {
  image = image.substr(0, image.find('@'));
  const std::size_t name = image.rfind('/') == image.npos ? 0 : image.rfind('/') + 1;
  const std::size_t colon = image.find(':', name);
  return colon == image.npos ? "" : image.substr(colon + 1);
}

std::string_view main_tag(const Value& object) {
  for (const Value* containers :
       {object.find({"spec", "template", "spec", "containers"}),
        object.find({"spec", "jobTemplate", "spec", "template", "spec", "containers"}),
        object.find({"spec", "containers"})}) {
    if (containers != nullptr && containers->is_list() && containers->size() > 0) {
      return tag_of(containers->items().front().string_at({"image"}));
    }
  }
  return "";
}

std::string only_one(const std::set<std::string_view>& texts) {
  return texts.size() == 1 ? std::string(*texts.begin()) : "";
}

}  // namespace

std::string version_of(const std::vector<std::shared_ptr<const render::Manifests>>& sources,
                       std::string_view name) {
  std::set<std::string_view> tags;
  std::set<std::string_view> tags_of_name;
  std::set<std::string_view> labels;
  const auto add = [](std::set<std::string_view>& texts, std::string_view text) {
    if (!text.empty()) {
      texts.insert(text);
    }
  };
  for (const auto& source : sources) {
    for (const Value& object : source->objects) {
      const std::string_view tag = main_tag(object);
      add(tags, tag);
      if (!name.empty() && object.string_at({"metadata", "name"}).ends_with(name)) {
        add(tags_of_name, tag);
      }
      add(labels, object.string_at({"metadata", "labels", "app.kubernetes.io/version"}));
    }
  }
  for (const auto* texts : {&tags, &tags_of_name, &labels}) {
    if (std::string text = only_one(*texts); !text.empty()) {
      return text;
    }
  }
  return "";
}

}  // namespace celldrift::history
