// A small HTTP/1.1 server on 127.0.0.1 that misbehaves on request: for faults that a real API
// server cannot be asked for.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace celldrift::test {

struct Asked {
  std::string method;
  std::string target;  // path and query
  std::string head;    // the whole head, for its headers
  std::string body;    // as long as Content-Length says
  int number = 0;      // 0 for the first request
};

// What to send for a request: raw bytes, after which the connection is closed.
struct Answer {
  std::string bytes;
  int delay_ms = 0;
  bool reset = false;  // end the connection with a TCP reset
};

class HttpServer {
 public:
  explicit HttpServer(std::function<Answer(const Asked&)> answer);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  std::vector<Asked> asked();

 private:
  void accept_all();
  void serve(int connection);

  std::function<Answer(const Asked&)> answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::vector<Asked> asked_;
  std::vector<std::thread> connections_;
  std::thread thread_;
};

// Where the head ends, its empty line included; npos while it has not come whole.
inline std::size_t end_of_head(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  return end == std::string::npos ? end : end + 4;
}

inline bool is_whole(const std::string& bytes) {
  const std::size_t end = end_of_head(bytes);
  const std::size_t length = bytes.find("\r\nContent-Length: ");
  if (end == std::string::npos) {
    return false;
  }
  return length > end || bytes.size() >= end + std::stoul(bytes.substr(length + 18));
}

// Head and body of one request; "" when the client goes away.
inline std::string read_request(int connection, const std::atomic<bool>& stop) {
  std::string bytes;
  char part[4096];
  while (!is_whole(bytes) && !stop) {
    pollfd ready{connection, POLLIN, 0};
    if (poll(&ready, 1, 50) <= 0) {
      continue;
    }
    const ssize_t count = ::recv(connection, part, sizeof part, 0);
    if (count <= 0) {
      return "";
    }
    bytes.append(part, static_cast<std::size_t>(count));
  }
  return bytes;
}

inline void send_all(int connection, const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t count =
        ::send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) {
      return;  // the client had enough
    }
    sent += static_cast<std::size_t>(count);
  }
}

inline void wait(int milliseconds, const std::atomic<bool>& stop) {
  for (int waited = 0; waited < milliseconds && !stop; waited += 10) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

inline std::string response(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) +
         " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
         headers + "\r\n" + body;
}

inline std::string json(const std::string& body) {
  return response(200, body, "Content-Type: application/json\r\n");
}

inline HttpServer::HttpServer(std::function<Answer(const Asked&)> answer)
    : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no port on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

inline HttpServer::~HttpServer() {
  stop_ = true;
  thread_.join();
  for (std::thread& connection : connections_) {
    connection.join();
  }
  ::close(listener_);
}

inline std::vector<Asked> HttpServer::asked() {
  const std::lock_guard lock(mutex_);
  return asked_;
}

inline void HttpServer::accept_all() {
  while (!stop_) {
    pollfd ready{listener_, POLLIN, 0};
    if (poll(&ready, 1, 20) > 0) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      connections_.emplace_back([this, connection] { serve(connection); });
    }
  }
}

inline void HttpServer::serve(int connection) {
  Asked asked;
  const std::string bytes = read_request(connection, stop_);
  if (is_whole(bytes)) {
    asked.head = bytes.substr(0, end_of_head(bytes));
    asked.body = bytes.substr(end_of_head(bytes));
    const std::size_t space = asked.head.find(' ');
    asked.method = asked.head.substr(0, space);
    asked.target = asked.head.substr(space + 1, asked.head.find(' ', space + 1) - space - 1);
    {
      const std::lock_guard lock(mutex_);
      asked.number = static_cast<int>(asked_.size());
      asked_.push_back(asked);
    }
    const Answer answer = answer_(asked);
    wait(answer.delay_ms, stop_);
    send_all(connection, answer.bytes);
    if (answer.reset) {
      const linger at_once{1, 0};
      ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
  }
  ::close(connection);
}

}  // namespace celldrift::test
