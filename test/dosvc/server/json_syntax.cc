// SPDX-License-Identifier: MIT
//
// DOC: RFC 8259.

#include "server/json_syntax.h"

#include <cstddef>

namespace dosvc_stand_in {
namespace {

constexpr int kDeepest = 64;

class Parser {
 public:
  explicit Parser(const std::wstring& text) : text_(text) {}

  bool IsObject() {
    Blank();
    if (Peek() != L'{' || !Value(0)) return false;
    Blank();
    return at_ == text_.size();
  }

 private:
  wchar_t Peek() const { return at_ < text_.size() ? text_[at_] : L'\0'; }
  bool Skip(wchar_t c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Skip(const wchar_t* word) {
    for (; *word; ++word) {
      if (!Skip(*word)) return false;
    }
    return true;
  }
  void Blank() {
    while (at_ < text_.size() && std::wstring(L" \t\r\n").find(text_[at_]) != std::wstring::npos) {
      ++at_;
    }
  }

  bool Value(int depth) {
    if (depth > kDeepest) return false;
    Blank();
    switch (Peek()) {
      case L'{':
        return Members(L'{', L'}', depth);
      case L'[':
        return Members(L'[', L']', depth);
      case L'"':
        return Text();
      case L't':
        return Skip(L"true");
      case L'f':
        return Skip(L"false");
      case L'n':
        return Skip(L"null");
      default:
        return Number();
    }
  }

  // Of an object or of an array.
  bool Members(wchar_t opening, wchar_t closing, int depth) {
    Skip(opening);
    Blank();
    if (Skip(closing)) return true;
    for (;;) {
      Blank();
      if (opening == L'{') {
        if (!Text()) return false;
        Blank();
        if (!Skip(L':')) return false;
      }
      if (!Value(depth + 1)) return false;
      Blank();
      if (Skip(closing)) return true;
      if (!Skip(L',')) return false;
    }
  }

  bool Text() {
    if (!Skip(L'"')) return false;
    while (at_ < text_.size()) {
      const wchar_t c = text_[at_++];
      if (c == L'"') return true;
      if (c < L' ') return false;
      if (c == L'\\' && !Escaped()) return false;
    }
    return false;
  }

  bool Escaped() {
    if (at_ >= text_.size()) return false;
    const wchar_t c = text_[at_++];
    if (c != L'u') return std::wstring(L"\"\\/bfnrt").find(c) != std::wstring::npos;
    for (int digits = 0; digits < 4; ++digits, ++at_) {
      const wchar_t digit = Peek();
      const bool hex = (digit >= L'0' && digit <= L'9') || (digit >= L'a' && digit <= L'f') ||
                       (digit >= L'A' && digit <= L'F');
      if (!hex) return false;
    }
    return true;
  }

  bool Digits() {
    const auto start = at_;
    while (Peek() >= L'0' && Peek() <= L'9') ++at_;
    return at_ > start;
  }

  bool Number() {
    Skip(L'-');
    if (!Skip(L'0') && !Digits()) return false;
    if (Skip(L'.') && !Digits()) return false;
    if (Skip(L'e') || Skip(L'E')) {
      if (!Skip(L'+')) Skip(L'-');
      return Digits();
    }
    return true;
  }

  const std::wstring& text_;
  std::size_t at_ = 0;
};

}  // namespace

bool IsJsonObject(const std::wstring& text) { return Parser(text).IsObject(); }

}  // namespace dosvc_stand_in
