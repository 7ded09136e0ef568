using System.Buffers;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>Evaluates what #expr calculates. Operators of one rank bind from the left; the ranks are those of MediaWiki.</summary>
internal ref struct Expression
{
    /// <summary>Values or operators that may wait.</summary>
    private const int MaxWaiting = 100;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private readonly ReadOnlySpan<char> _text;
    private readonly List<ExpressionValue> _values = [];
    private readonly List<Operator> _operators = [];
    private int _at;
    private bool _wantsOperator;
    private ExpressionError _error;

    private Expression(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Calculates an expression.</summary>
    /// <param name="result">The value as text; several values left over stand on lines of their own; empty for an empty expression.</param>
    /// <returns>False if it has no value; <paramref name="error"/> says why.</returns>
    public static bool TryEvaluate(string text, out string result, out ExpressionError error)
    {
        text = text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&minus;", "-", StringComparison.Ordinal).Replace('\u2212', '-');
        var expression = new Expression(text);
        var isValid = expression.Run();
        error = expression._error;
        result = isValid ? string.Join("<br />\n", expression._values) : "";
        return isValid;
    }

    private bool Run()
    {
        while (_at < _text.Length)
        {
            if (_values.Count > MaxWaiting || _operators.Count > MaxWaiting)
            {
                return Fail(ExpressionFault.StackExhausted);
            }

            if (!Step())
            {
                return false;
            }
        }

        while (_operators.Count > 0)
        {
            if (_operators[^1] is Operator.Open)
            {
                return Fail(ExpressionFault.UnclosedBracket);
            }

            if (!Apply())
            {
                return false;
            }
        }

        return true;
    }

    private bool Step()
    {
        var c = _text[_at];
        if (c is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
            return true;
        }

        if (char.IsAsciiDigit(c) || c == '.')
        {
            return ReadNumber();
        }

        return char.IsAsciiLetter(c) ? ReadWord() : ReadSign(c);
    }

    private bool ReadNumber()
    {
        if (_wantsOperator)
        {
            return Fail(ExpressionFault.UnexpectedNumber);
        }

        var length = _text[_at..].IndexOfAnyExcept(s_digits);
        length = length < 0 ? _text.Length - _at : length;
        Push(PhpValue.ToDouble(_text.Slice(_at, length)));
        _at += length;
        return true;
    }

    private bool ReadWord()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetter(_text[end]))
        {
            end++;
        }

        var word = _text[_at..end].ToString().ToLowerInvariant();
        _at = end;
        if (!OperatorTable.TryFindWord(word, out var found))
        {
            return Fail(ExpressionFault.UnrecognisedWord, word);
        }

        if (found is Operator.Exponent && !_wantsOperator)
        {
            return Push(Math.E);
        }

        if (found is Operator.Pi)
        {
            return _wantsOperator ? Fail(ExpressionFault.UnexpectedNumber) : Push(Math.PI);
        }

        if (!OperatorTable.IsUnary(found))
        {
            return AddBinary(found, word);
        }

        if (_wantsOperator)
        {
            return Fail(ExpressionFault.UnexpectedOperator, word);
        }

        _operators.Add(found);
        return true;
    }

    private bool ReadSign(char c)
    {
        var sign = _at + 1 < _text.Length && _text.Slice(_at, 2) is "<=" or ">=" or "<>" or "!=" ? _text.Slice(_at, 2) : _text.Slice(_at, 1);
        switch (c)
        {
            case '(' when _wantsOperator:
                return Fail(ExpressionFault.UnexpectedOperator, "(");
            case '(':
                _operators.Add(Operator.Open);
                _at++;
                return true;
            case ')':
                _at++;
                return CloseBracket();
            case '+' or '-' when !_wantsOperator:
                _operators.Add(c == '+' ? Operator.Positive : Operator.Negative);
                _at++;
                return true;
        }

        if (!OperatorTable.TryFindSign(sign, out var found))
        {
            Rune.DecodeFromUtf16(_text[_at..], out var rune, out _);
            return Fail(ExpressionFault.UnrecognisedPunctuation, rune.ToString());
        }

        _at += sign.Length;
        return AddBinary(found, sign.ToString());
    }

    private bool CloseBracket()
    {
        while (_operators.Count > 0 && _operators[^1] is not Operator.Open)
        {
            if (!Apply())
            {
                return false;
            }
        }

        if (_operators.Count == 0)
        {
            return Fail(ExpressionFault.UnexpectedClosingBracket);
        }

        _operators.RemoveAt(_operators.Count - 1);
        _wantsOperator = true;
        return true;
    }

    private bool AddBinary(Operator added, string name)
    {
        if (!_wantsOperator)
        {
            return Fail(ExpressionFault.UnexpectedOperator, name);
        }

        while (_operators.Count > 0 && OperatorTable.Rank(added) <= OperatorTable.Rank(_operators[^1]))
        {
            if (!Apply())
            {
                return false;
            }
        }

        _operators.Add(added);
        _wantsOperator = false;
        return true;
    }

    private bool Push(ExpressionValue value)
    {
        _values.Add(value);
        _wantsOperator = true;
        return true;
    }

    /// <summary>Calculates with the operator that waits last.</summary>
    private bool Apply()
    {
        var last = _operators[^1];
        _operators.RemoveAt(_operators.Count - 1);
        var operands = OperatorTable.IsUnary(last) ? 1 : 2;
        if (_values.Count < operands)
        {
            return Fail(ExpressionFault.MissingOperand, OperatorTable.Name(last));
        }

        var right = _values[^1];
        var left = operands == 2 ? _values[^2] : default;
        if (!Arithmetic.TryCalculate(last, left, right, out var result, out var fault))
        {
            return Fail(fault, OperatorTable.Name(last));
        }

        _values.RemoveRange(_values.Count - operands, operands);
        _values.Add(result);
        return true;
    }

    private bool Fail(ExpressionFault fault, string subject = "")
    {
        _error = new(fault, subject);
        return false;
    }
}
