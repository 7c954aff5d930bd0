// SPDX-License-Identifier: MIT
//
// What comes of a server's answer to a request for a file, or for a piece of it.
#pragma once

#include <vector>

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// What was asked, and what is known of the file.
struct Question {
  const std::vector<Span>& spans;  // all that is wanted
  const FileState& state;
  Span piece;
  bool whole = false;        // the whole file is wanted
  bool by_range = false;     // a server without ranges will not do
  bool trusts_size = false;  // the size is remembered, whatever an answer says
};

enum class Verdict {
  kGoOn,      // its body is the piece that was asked for
  kWhole,     // its body is the file from its start
  kEmpty,     // nothing is in the file
  kBeginNew,  // the bytes at hand are of another version: ask for the first ones again
  kRefused,   // result says why
};

struct Judgement {
  Verdict verdict;
  Result result = {};
};

Judgement Judge(const Answer& answer, const Question& question);

// The answer to HEAD: kWhole, if it says how long the file is.
Judgement JudgeHead(const Answer& answer);

Result InvalidResponse();

}  // namespace dosvc_stand_in
