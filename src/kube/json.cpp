#include "kube/json.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/yaml/yaml.hpp"

namespace celldrift::kube {

Value parse_body(const Response& response, const std::string& what) {
  yaml::Options options;
  options.budget.nodes = 40'000'000;  // 500 large CustomResourceDefinitions have ten million
  try {
    return yaml::parse_json(response.body, options).value;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::limit) {
      throw Error(ErrorCode::limit, what + ": " + error.message());
    }
    // The parser's message may quote the text, which may be a Secret's.
    throw Error(ErrorCode::server,
                what + ": the answer is not whole JSON (" + std::to_string(response.body.size()) +
                    " bytes, content type \"" + printable(response.content_type) + "\")");
  }
}

}  // namespace celldrift::kube
