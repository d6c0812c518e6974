#include "http/transfer.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"

#include <curl/curl.h>

namespace celldrift::http {
namespace {

struct CurlDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, CurlDeleter>;
using HeaderList = std::unique_ptr<curl_slist, CurlDeleter>;

void add_header(HeaderList& list, const std::string& header) {
  curl_slist* longer = curl_slist_append(list.get(), header.c_str());
  if (longer) {
    static_cast<void>(list.release());  // it is the head of `longer` now
    list.reset(longer);
  }
}

curl_blob blob_of(const std::string& bytes) {
  // libcurl's type is not const; with NOCOPY it only reads.
  return {const_cast<char*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
}

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool too_large = false;
};

std::size_t take_bytes(const char* data, std::size_t, std::size_t count, void* to) {
  Body& body = *static_cast<Body*>(to);
  if (count > body.limit - body.bytes.size()) {
    body.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  body.bytes.append(data, count);
  return count;
}

// libcurl itself bounds a head's size.
std::size_t take_header(const char* data, std::size_t, std::size_t count, void* to) {
  auto& headers = *static_cast<std::vector<Header>*>(to);
  const std::string_view line(data, count);
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    headers.clear();  // what came before was a proxy's or an interim answer
  } else if (colon != std::string_view::npos) {
    headers.push_back({lower(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
  }
  return count;
}

void set_method(CURL* curl, const Request& request) {
  if (request.method == Method::get) {
    curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  if (request.method != Method::post) {
    const char* name = request.method == Method::patch ? "PATCH" : "PUT";
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, name);
  }
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request.body.c_str());
}

void set_authorities(CURL* curl, const Server& server) {
  // libcurl would trust the folder that it was built with on top of ours.
  curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(curl, CURLOPT_PROXY_CAPATH, nullptr);
  const std::string& pem = server.endpoint.ca_pem;
  if (!pem.empty()) {
    curl_blob blob = blob_of(pem);
    curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &blob);
    curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO_BLOB, &blob);
    return;
  }
  const char* file = server.ca_file.empty() ? nullptr : server.ca_file.c_str();
  curl_easy_setopt(curl, CURLOPT_CAINFO, file);
  curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO, file);
}

void set_tls(CURL* curl, const Server& server, const Credential& credential) {
  set_authorities(curl, server);
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (server.endpoint.insecure_skip_tls_verify) {
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY_SSL_VERIFYHOST, 0L);
  }
  if (!credential.client_cert_pem.empty()) {
    curl_blob cert = blob_of(credential.client_cert_pem);
    curl_blob key = blob_of(credential.client_key_pem);
    curl_easy_setopt(curl, CURLOPT_SSLCERTTYPE, "PEM");
    curl_easy_setopt(curl, CURLOPT_SSLKEYTYPE, "PEM");
    curl_easy_setopt(curl, CURLOPT_SSLCERT_BLOB, &cert);
    curl_easy_setopt(curl, CURLOPT_SSLKEY_BLOB, &key);
  }
}

void set_proxy(CURL* curl, const Server& server) {
  std::string proxy = server.endpoint.proxy_url;
  if (proxy.empty()) {
    // Go never takes the environment's proxy to this machine itself; kind's and minikube's servers
    // are there.
    curl_easy_setopt(curl, CURLOPT_NOPROXY, server.address.is_loopback() ? "*" : nullptr);
    return;
  }
  if (proxy.starts_with("socks5://")) {
    proxy.replace(0, 6, "socks5h");  // Go has the proxy resolve names
  }
  curl_easy_setopt(curl, CURLOPT_PROXY, proxy.c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
}

// libcurl signs all headers that are ours, the token among them.
void set_signing(CURL* curl, const AwsSigning& aws) {
  const std::string what = "aws:amz:" + aws.region + ":" + aws.service;
  curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, what.c_str());
  curl_easy_setopt(curl, CURLOPT_USERNAME, aws.key_id.c_str());
  curl_easy_setopt(curl, CURLOPT_PASSWORD, aws.secret_key.c_str());
}

HeaderList headers_of(const Server& server, const Credential& credential, const Request& request) {
  HeaderList headers;
  if (request.headers.empty()) {
    add_header(headers, "Accept: application/json");
  }
  for (const Header& header : request.headers) {
    add_header(headers, header_line(header));
  }
  if (request.method != Method::get) {
    add_header(headers, "Expect:");  // no waiting for a "100 Continue"
    add_header(headers, header_line({"Content-Type", request.body_type}));
  }
  if (!credential.authorization.empty()) {
    add_header(headers, "Authorization: " + credential.authorization);
  }
  if (credential.aws && !credential.aws->session_token.empty()) {
    add_header(headers, "x-amz-security-token: " + credential.aws->session_token);
  }
  for (const std::string& header : server.headers) {
    add_header(headers, header);
  }
  return headers;
}

Trouble trouble_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return Trouble::none;
    case CURLE_OPERATION_TIMEDOUT:
      return Trouble::timeout;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
      return Trouble::connect;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
      return Trouble::untrusted;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CIPHER:
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_NOT_BUILT_IN:
      return Trouble::setup;
    default:
      return Trouble::interrupted;
  }
}

}  // namespace

struct Transfer::State {
  std::shared_ptr<const Server> server;
  std::shared_ptr<const Credential> credential;
  Easy easy{curl_easy_init()};
  HeaderList headers;
  HeaderList connect_to;
  Body body;
  std::vector<Header> answered;
  char error_text[CURL_ERROR_SIZE] = "";
};

Transfer::Transfer(std::shared_ptr<const Server> server,
                   std::shared_ptr<const Credential> credential,
                   const Request& request,
                   const std::string& target,
                   const std::string& user_agent,
                   const TransferLimits& limits)
    : state_(std::make_unique<State>()) {
  CURL* curl = state_->easy.get();
  if (!curl) {
    throw Error(ErrorCode::internal, "libcurl gives no handle");
  }
  state_->server = std::move(server);
  state_->credential = std::move(credential);
  state_->headers = headers_of(*state_->server, *state_->credential, request);
  state_->body.limit = limits.bytes;
  const Server& to = *state_->server;

  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, state_->error_text);
  curl_easy_setopt(curl, CURLOPT_URL, (to.origin + target).c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  set_method(curl, request);
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(
      curl, CURLOPT_PIPEWAIT, 1L);  // rather share the first connection than open another
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, state_->headers.get());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, user_agent.c_str());
  curl_easy_setopt(
      curl, CURLOPT_ACCEPT_ENCODING, to.endpoint.disable_compression ? nullptr : "gzip");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.time.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_time.count()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &state_->body);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &state_->answered);
  set_tls(curl, to, *state_->credential);
  set_proxy(curl, to);
  if (state_->credential->aws) {
    set_signing(curl, *state_->credential->aws);
  }
  if (!to.connect_to.empty()) {
    add_header(state_->connect_to, to.connect_to);
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, state_->connect_to.get());
  }
}

Transfer::~Transfer() = default;

void* Transfer::handle() const {
  return state_->easy.get();
}

Outcome Transfer::finish(int code) {
  Outcome outcome;
  CURL* curl = state_->easy.get();
  outcome.trouble =
      state_->body.too_large ? Trouble::too_large : trouble_of(static_cast<CURLcode>(code));
  if (outcome.trouble == Trouble::too_large) {
    outcome.detail = "more than " + std::to_string(state_->body.limit) + " bytes";
  } else if (outcome.trouble != Trouble::none) {
    outcome.detail = state_->error_text[0] ? state_->error_text
                                           : curl_easy_strerror(static_cast<CURLcode>(code));
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  outcome.response.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  outcome.response.content_type = type ? type : "";
  outcome.response.body = std::move(state_->body.bytes);
  outcome.response.headers = std::move(state_->answered);
  curl_off_t seconds = 0;  // libcurl understands both forms, a number and a date
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds > 0) {
    outcome.retry_after = std::chrono::seconds(seconds);
  }
  return outcome;
}

}  // namespace celldrift::http
