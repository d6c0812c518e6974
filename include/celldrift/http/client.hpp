// Requests over HTTP: all network of the process, but for git's.
#pragma once

#include "celldrift/http/credentials.hpp"

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::http {

// When an answer is of no use any more, whatever is in flight.
using Deadline = std::chrono::steady_clock::time_point;

struct Header {
  std::string name;
  std::string value;
};

enum class Method { get, post, patch, put };

// What to do when the server says that the thing is elsewhere. Only a GET is sent on, only to the
// same scheme, host and port (credentials go nowhere else), and ten times at most.
enum class Redirects { stay, follow };

struct Request {
  Method method = Method::get;
  std::string path;  // "/apis/apps/v1/deployments?limit=500"; the server's prefix is put before it
  std::string body_type = "application/json";
  std::vector<Header> headers;  // without any: Accept: application/json
  std::string body;             // of a POST, PATCH or PUT
  Redirects redirects = Redirects::stay;
  std::chrono::milliseconds timeout{0};  // of one attempt; 0: the client's
  std::size_t response_bytes = 0;        // of the response, uncompressed; 0: the client's
};

struct Response {
  int status = 0;
  std::string content_type;
  std::string body;
  std::vector<Header> headers;  // names in lower case

  // "" when there is none; the first of several.
  std::string_view header(std::string_view name) const;
};

// How a request ended: with a response of whatever status, or without one.
struct Answer {
  Response response;
  // Error: network, limit (too large), config (certificates that cannot be used), or what the
  // credentials threw. Empty when a response came.
  std::exception_ptr error;
  std::string asked;   // "GET https://host/path", for messages: printable, without the query
  std::string secret;  // what the request signed in with, which must not be quoted
};
using OnAnswer = std::function<void(Answer)>;

// One server, and how to reach it. TLS is always verified unless told otherwise here.
struct Endpoint {
  std::string url;              // "https://host:port/prefix"
  std::string tls_server_name;  // the certificate's name, where it is not the host
  std::string ca_pem;           // empty: the system's authorities
  bool insecure_skip_tls_verify = false;
  std::string proxy_url;  // empty: HTTPS_PROXY, NO_PROXY as usual
  bool disable_compression = false;
  std::vector<Header> headers;  // with each request
};

struct ClientOptions {
  std::chrono::milliseconds request_timeout{30'000};
  std::chrono::milliseconds connect_timeout{10'000};
  int retries = 4;
  int connections_per_server = 2;
  std::size_t response_bytes = 256u << 20;  // of one response, uncompressed; past it: Error(limit)
  std::chrono::milliseconds first_pause{
      200};                // before the first retry; doubles with each, and varies at random
  std::string user_agent;  // empty: "celldrift/<version>"
};

struct Server;  // an Endpoint made ready

// One event loop (curl multi) in one thread, HTTP/2 where the server has it, gzip, keep-alive.
// Ending it cancels what is in flight. Thread-safe.
class Client {
 public:
  explicit Client(ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Throws Error(config) for a URL or headers that cannot be.
  std::shared_ptr<Server> server(Endpoint endpoint, std::unique_ptr<Credentials> credentials) const;

  // Starts a request; `done` is called once, in the loop's thread: it must neither wait nor throw.
  // A GET or PUT that ends in 429, 5xx, a reset, a half-closed stream or nothing is retried with
  // jitter, Retry-After honoured, within the request's time and the deadline; others only where the
  // server surely did nothing: no connection, 429, 503.
  void send(std::shared_ptr<Server> server, Request request, Deadline deadline, OnAnswer done);

  // send(), and waits for the answer.
  Answer ask(std::shared_ptr<Server> server, Request request, Deadline deadline);

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace celldrift::http
