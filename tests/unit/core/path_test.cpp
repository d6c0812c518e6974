#include "celldrift/core/path.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("paths are written for people and as JSON Pointers") {
  struct Case {
    const char* name;
    Path path;
    const char* text;
    const char* pointer;
  };
  const Path containers = Path() / "spec" / "containers";
  const Case cases[] = {
      {"fields", Path() / "spec" / "replicas", "spec.replicas", "/spec/replicas"},
      {"an item by key",
       containers / Path::Item{{{"name", Value::string("app")}}, 1} / "image",
       "spec.containers[name=app].image",
       "/spec/containers/1/image"},
      {"an item by several keys",
       Path() / "ports" /
           Path::Item{{{"containerPort", Value::integer(80)}, {"protocol", Value::string("TCP")}},
                      0},
       "ports[containerPort=80,protocol=TCP]",
       "/ports/0"},
      {"an item that live lacks",
       containers / Path::Item{{{"name", Value::string("app")}}, {}},
       "spec.containers[name=app]",
       "/spec/containers/-"},
      {"an item of a set",
       Path() / "finalizers" / Path::Member{Value::string("a/b"), 0},
       "finalizers[a/b]",
       "/finalizers/0"},
      {"an item of an atomic list", Path() / "args" / Path::Index{2}, "args[2]", "/args/2"},
      {"a field with a dot",
       Path() / "metadata" / "annotations" / "example.com/owner",
       "metadata.annotations[\"example.com/owner\"]",
       "/metadata/annotations/example.com~1owner"},
      {"a field with a tilde", Path() / "data" / "a~b", "data[\"a~b\"]", "/data/a~0b"},
      {"the root", Path(), "", ""},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      CHECK(c.path.text() == c.text);
      CHECK(c.path.pointer() == c.pointer);
    }
  }
}
