#include "kube/sigv4.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/http/address.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>

namespace celldrift::kube {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr char digits[] = "0123456789abcdef";

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(as_bytes(text), text.size(), digest.data());
  return {digest.begin(), digest.end()};
}

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  unsigned length = 0;
  if (!HMAC(EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            as_bytes(text),
            text.size(),
            digest.data(),
            &length)) {
    throw Error(ErrorCode::internal, "OpenSSL cannot compute an HMAC");
  }
  return {digest.begin(), digest.end()};
}

// As AWS wants it: sorted, and all but RFC 3986's unreserved characters quoted.
std::string query_text(const std::map<std::string, std::string>& query) {
  std::string text;
  for (const auto& [key, value] : query) {
    text += (text.empty() ? "" : "&") + http::url_encoded(key) + "=" + http::url_encoded(value);
  }
  return text;
}

// "20260301T093000Z".
std::string compact_time(Time time) {
  std::string text;
  for (const char c : format_time(time)) {
    text += c == '-' || c == ':' ? "" : std::string(1, c);
  }
  return text;
}

// "host:port" without the port that its scheme has anyway, as it is in the Host header.
std::string host_header(const http::Address& address) {
  const bool usual = address.port == (address.scheme == "https" ? "443" : "80");
  return usual ? http::bracketed(address.host) : address.authority();
}

std::string signing_key(const AwsKeys& keys, const std::string& date, const AwsRequest& request) {
  const std::string of_date = hmac("AWS4" + keys.secret, date);
  return hmac(hmac(hmac(of_date, request.region), request.service), "aws4_request");
}

}  // namespace

std::string presigned_url(const AwsRequest& request, const AwsKeys& keys, Time time) {
  const http::Address address = http::parse_address(request.base);
  const std::string stamp = compact_time(time);
  const std::string date = stamp.substr(0, 8);
  const std::string scope = date + "/" + request.region + "/" + request.service + "/aws4_request";

  std::map<std::string, std::string> headers = request.headers;
  headers["host"] = host_header(address);
  std::string names;
  std::string canonical_headers;
  for (const auto& [name, value] : headers) {
    names += (names.empty() ? "" : ";") + name;
    canonical_headers += name + ":" + value + "\n";
  }

  std::map<std::string, std::string> query = request.query;
  query["X-Amz-Algorithm"] = algorithm;
  query["X-Amz-Credential"] = keys.id + "/" + scope;
  query["X-Amz-Date"] = stamp;
  query["X-Amz-Expires"] = std::to_string(request.expires_seconds);
  query["X-Amz-SignedHeaders"] = names;
  if (!keys.session_token.empty()) {
    query["X-Amz-Security-Token"] = keys.session_token;
  }

  const std::string path = address.prefix.empty() ? "/" : address.prefix;
  const std::string canonical = "GET\n" + path + "\n" + query_text(query) + "\n" +
                                canonical_headers + "\n" + names + "\n" + hex(sha256(""));
  const std::string to_sign =
      std::string(algorithm) + "\n" + stamp + "\n" + scope + "\n" + hex(sha256(canonical));
  const std::string signature = hex(hmac(signing_key(keys, date, request), to_sign));
  return address.scheme + "://" + headers["host"] + path + "?" + query_text(query) +
         "&X-Amz-Signature=" + signature;
}

}  // namespace celldrift::kube
