#pragma once
// A TLS server on loopback with a certificate made on the spot: self-signed, for 127.0.0.1 or for
// another name. Answers one request per connection with an empty JSON object. Threads: safe.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

namespace connectors::common::testing {

struct FreeSsl {
  void operator()(SSL* value) const { SSL_free(value); }
  void operator()(SSL_CTX* value) const { SSL_CTX_free(value); }
  void operator()(X509* value) const { X509_free(value); }
  void operator()(EVP_PKEY* value) const { EVP_PKEY_free(value); }
};
template <typename T>
using SslPtr = std::unique_ptr<T, FreeSsl>;

class TlsServer {
 public:
  // `subject` is "IP:127.0.0.1" or "DNS:shop.example".
  explicit TlsServer(const std::string& subject) : key_(EVP_EC_gen("P-256")) {
    certificate_ = make_certificate(subject);
    context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context_.get(), certificate_.get());
    SSL_CTX_use_PrivateKey(context_.get(), key_.get());
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    const bool ready = ::bind(listener_, generic, size) == 0 && ::listen(listener_, 8) == 0 &&
                       ::getsockname(listener_, generic, &size) == 0;
    if (!ready) std::abort();
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { serve(); }};
  }
  ~TlsServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  int requests() const { return requests_; }
  void write_certificate(const std::string& path) const {
    std::FILE* file = std::fopen(path.c_str(), "w");
    if (file == nullptr) std::abort();
    PEM_write_X509(file, certificate_.get());
    std::fclose(file);
  }

 private:
  SslPtr<X509> make_certificate(const std::string& subject) const {
    SslPtr<X509> made{X509_new()};
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), key_.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject.c_str());
    X509_add_ext(made.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_sign(made.get(), key_.get(), EVP_sha256());
    return made;
  }

  void serve() {
    while (true) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      {
        const SslPtr<SSL> session{SSL_new(context_.get())};
        SSL_set_fd(session.get(), socket);
        if (SSL_accept(session.get()) == 1) answer(session.get());
      }
      ::close(socket);
    }
  }

  void answer(SSL* session) {
    std::string text;
    char bytes[2048];
    while (text.find("\r\n\r\n") == std::string::npos) {
      const int got = SSL_read(session, bytes, sizeof bytes);
      if (got <= 0) return;
      text.append(bytes, static_cast<std::size_t>(got));
    }
    ++requests_;
    const std::string reply = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
    SSL_write(session, reply.data(), static_cast<int>(reply.size()));
    SSL_shutdown(session);
  }

  SslPtr<EVP_PKEY> key_;
  SslPtr<X509> certificate_;
  SslPtr<SSL_CTX> context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> requests_{0};
  std::thread thread_;
};

}  // namespace connectors::common::testing
