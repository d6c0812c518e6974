#include "compare/argo/json_pointer.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <doctest/doctest.h>

using namespace celldrift;

TEST_CASE("a JSON pointer takes what it names, as Argo CD's patches do") {
  struct Case {
    const char* name;
    const char* pointer;
    const char* object;
    const char* left;
  };
  const Case cases[] = {
      {"a field", "/spec/replicas", "{spec: {replicas: 1, a: 2}}", "{spec: {a: 2}}"},
      {"an item", "/l/0", "{l: [1, 2]}", "{l: [2]}"},
      {"in an item", "/l/1/x", "{l: [1, {x: 1}]}", "{l: [1, {}]}"},
      {"the last item", "/l/-1", "{l: [1, 2]}", "{l: [1]}"},
      {"with a sign", "/l/+1", "{l: [1, 2]}", "{l: [1]}"},
      {"past the end", "/l/2", "{l: [1, 2]}", "{l: [1, 2]}"},
      {"the item to come", "/l/-", "{l: [1, 2]}", "{l: [1, 2]}"},
      {"a slash in a key", "/a/b~1c", "{a: {b/c: 1}}", "{a: {}}"},
      {"a tilde in a key", "/a/b~0c", "{a: {b~c: 1}}", "{a: {}}"},
      {"a tilde and a one", "/a/~01", "{a: {~1: 1}}", "{a: {}}"},
      {"what is not there", "/x/y", "{a: 1}", "{a: 1}"},
      {"below a scalar", "/a/y", "{a: 1}", "{a: 1}"},
      {"all of it", "", "{a: 1}", "{a: 1}"},
      {"what stands before the first slash counts for nothing", "spec/a", "{a: 1}", "{}"},
      {"no slash at all", "a", "{a: 1}", "{a: 1}"},
      {"an empty key", "/", "{a: 1, '': 2}", "{a: 1}"},
  };
  for (const Case& c : cases) {
    SUBCASE(c.name) {
      const Value left = compare::without_pointer(yaml::parse(c.object).value, c.pointer);
      CHECK(left == yaml::parse(c.left).value);
    }
  }
}
