// SPDX-License-Identifier: MIT
//
// One request through WinHTTP, asynchronous inside, so that its waits end by a stop, by a lost
// network or by the time that passed, whatever WinHTTP is doing.
#pragma once

#include <windows.h>
#include <winhttp.h>

#include <memory>
#include <string>

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// The waits of a transfer, and what ends them.
struct Patience {
  std::chrono::milliseconds no_progress;
  TransferEvents& events;
  const Stop& stop;
};

// A handle of WinHTTP.
class HttpHandle {
 public:
  explicit HttpHandle(HINTERNET handle = nullptr) : handle_(handle) {}
  ~HttpHandle() { Close(); }
  HttpHandle(const HttpHandle&) = delete;
  HttpHandle& operator=(const HttpHandle&) = delete;

  HINTERNET get() const { return handle_; }
  void Reset(HINTERNET handle) {
    Close();
    handle_ = handle;
  }

 private:
  void Close() {
    if (handle_ != nullptr) WinHttpCloseHandle(handle_);
  }
  HINTERNET handle_;
};

// Where a URL leads: the session and the connection that a transfer's requests share.
class HttpServer {
 public:
  Result Connect(const std::wstring& url,
                 const HttpOptions& options,
                 std::chrono::milliseconds no_progress);

 private:
  friend class HttpRequest;
  HttpHandle session_;
  HttpHandle connection_;
  std::wstring url_;
  std::wstring path_;
  bool secure_ = false;
  DWORD security_flags_ = 0;
  bool revocation_ = false;
};

// How a Location, which may be relative, reads at an address.
std::wstring UrlAt(const std::wstring& base, const wchar_t* location);

class HttpRequest {
 public:
  explicit HttpRequest(const Patience& patience);
  ~HttpRequest();
  HttpRequest(const HttpRequest&) = delete;
  HttpRequest& operator=(const HttpRequest&) = delete;

  // Sends it, and waits for the answer's headers.
  Result Send(const HttpServer& server,
              const wchar_t* verb,
              const Headers& headers,
              bool follows_redirects);
  Answer ReadAnswer() const { return dosvc_stand_in::ReadAnswer(handle_.get()); }
  // Where redirects led.
  std::wstring FinalUrl() const;
  bool WasRedirected() const;
  // The server's, as text; empty where WinHTTP does not tell.
  std::wstring ServerAddress() const;

  // The next bytes of the body; none at its end. They stay until the next call.
  Result Read(const unsigned char*& bytes, std::uint32_t& size);

 private:
  struct Exchange;

  Result Secure(const HttpServer& server);
  Result Wait(BOOL begun);

  const Patience patience_;
  const std::shared_ptr<Exchange> exchange_;
  HttpHandle handle_;
};

}  // namespace dosvc_stand_in
