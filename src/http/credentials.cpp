#include "celldrift/http/credentials.hpp"

#include "http/server.hpp"

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

}  // namespace

std::unique_ptr<Credentials> fixed(Credential credential) {
  header_line({"the token", credential.authorization});
  return std::make_unique<Fixed>(std::move(credential));
}

}  // namespace celldrift::http
