namespace Plenum.Ui;

public enum AvatarSize
{
    Medium,
    Small,
    Large,
}
