// SPDX-License-Identifier: MIT
//
// Asks the server of one transfer: at which address, and with which headers. Headers for a
// challenge go only to the server that challenged.
#pragma once

#include <optional>
#include <string>

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/request.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

class Client {
 public:
  Client(const Patience& patience, const HttpOptions& options)
      : patience_(patience), options_(options) {}

  Result Connect(const std::wstring& url);

  // Gives the answer, with the request whose body it is. `headers`: besides those of the options.
  Result Ask(const wchar_t* verb,
             const Headers& headers,
             std::optional<HttpRequest>& request,
             Answer& answer);

  // Where the last answer came from.
  const std::wstring& final_url() const { return final_url_; }

 private:
  // Whether the address that is asked next is one that challenged.
  bool IsChallenger() const;
  // Goes on at another address, but not for ever.
  Result Move(const std::wstring& url);

  const Patience patience_;
  const HttpOptions& options_;
  HttpServer server_;
  std::wstring first_url_;
  std::wstring url_;
  std::wstring final_url_;
  std::wstring challenger_;  // its origin; empty: nobody challenged
  int moves_ = 0;
};

}  // namespace dosvc_stand_in
