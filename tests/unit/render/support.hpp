// What the tests of render share.
#pragma once

#include "celldrift/fleet/application.hpp"
#include "celldrift/git/tree.hpp"
#include "celldrift/render/render.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::render::test {

using Files = std::map<std::string, std::string>;
using Texts = std::vector<std::string>;

inline Value yaml(std::string_view text) {
  return celldrift::yaml::parse(text).value;
}

inline std::string manifest(const std::string& name, const std::string& kind = "ConfigMap") {
  return "apiVersion: v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n";
}

inline std::shared_ptr<const git::Tree> tree(Files files) {
  return git::memory_tree(std::move(files), std::string(40, 'a'));
}

inline Texts names(const Manifests& manifests) {
  Texts result;
  for (const Value& object : manifests.objects) {
    result.emplace_back(object.string_at({"metadata", "name"}));
  }
  return result;
}

// The names of the objects in the directory `app`, in order.
inline Texts rendered(Files files, const std::string& options = "{}") {
  Renderer renderer;
  const Value spec = Value::map({{"directory", yaml(options)}});
  return names(*renderer.source(*tree(std::move(files)), "app", spec));
}

// The message of the error; "" when there is none.
template <typename Work>
std::string error_of(const Work& work) {
  try {
    work();
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace celldrift::render::test
