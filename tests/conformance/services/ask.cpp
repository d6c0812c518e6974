// Asks a service what one generator asks, for tests/conformance/services/check.
//
//   services_ask FILE
//
// FILE is JSON: {kind, spec, applicationSet, objects: [..], bitbucketApi}. Prints the answer as
// JSON, or the Error to standard error and exits with 1.
#include "celldrift/core/text.hpp"
#include "celldrift/services/services.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <iostream>

using namespace celldrift;

namespace {

class Objects final : public fleet::ArgoObjects {
 public:
  explicit Objects(const Value* objects) : objects_(objects ? *objects : Value::list({})) {}

  std::optional<Value> config_map(std::string_view name) override {
    for (const Value& object : objects_.items()) {
      if (object.string_at({"kind"}) == "ConfigMap" &&
          object.string_at({"metadata", "name"}) == name) {
        return object;
      }
    }
    return std::nullopt;
  }

  std::vector<Value> list(std::string_view, std::string_view) override { return {}; }

 private:
  const Value objects_;
};

Value ask(const Value& question) {
  Objects objects(question.find("objects"));
  http::ClientOptions network;
  network.request_timeout = std::chrono::seconds(5);
  network.first_pause = std::chrono::milliseconds(5);
  http::Client client(network);
  services::LiveOptions options;
  options.objects = &objects;
  options.bitbucket_api = question.string_at({"bitbucketApi"}, options.bitbucket_api);
  options.time = std::chrono::seconds(30);
  options.limits.pages = 50;
  services::Live live(client, options);
  return live.ask({.kind = std::string(question.string_at({"kind"})),
                   .spec = *question.find("spec"),
                   .application_set = std::string(question.string_at({"applicationSet"}))});
}

}  // namespace

int main(int, char** arguments) {
  try {
    std::cout << yaml::emit_json(ask(yaml::parse_json(read_file(arguments[1])).value)) << "\n";
    return 0;
  } catch (const Error& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
