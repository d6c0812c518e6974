#include "celldrift/http/credentials.hpp"

#include "celldrift/core/error.hpp"
#include "http/server.hpp"

#include <algorithm>
#include <cctype>

namespace celldrift::http {
namespace {

class Fixed final : public Credentials {
 public:
  explicit Fixed(Credential credential)
      : credential_(std::make_shared<const Credential>(std::move(credential))) {}

  View look() override { return {State::ready, credential_}; }
  void renew(const std::atomic<bool>&) override {}
  bool refuse(const std::shared_ptr<const Credential>&) override { return false; }

 private:
  const std::shared_ptr<const Credential> credential_;
};

void require_name(const std::string& what, const std::string& text) {
  const auto fits = [](unsigned char c) { return std::isalnum(c) || c == '-'; };
  if (text.empty() || text.size() > 63 || !std::ranges::all_of(text, fits)) {
    throw Error(ErrorCode::config, "the AWS " + what + " must be letters, digits and \"-\"");
  }
}

void check(const AwsSigning& aws) {
  require_name("region", aws.region);
  require_name("service", aws.service);
  header_line({"the AWS access key's id", aws.key_id});
  header_line({"the AWS secret access key", aws.secret_key});
  header_line({"the AWS session token", aws.session_token});
}

}  // namespace

std::unique_ptr<Credentials> fixed(Credential credential) {
  header_line({"the token", credential.authorization});
  if (credential.aws) {
    check(*credential.aws);
  }
  return std::make_unique<Fixed>(std::move(credential));
}

}  // namespace celldrift::http
