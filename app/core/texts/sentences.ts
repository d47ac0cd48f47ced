/**
 * Sentences that stop, say "wrong number", or sound like a no, by language; matched against a reply
 * without case, accents and marks.
 */
export function isOneOf(sentences: readonly RegExp[], said: string): boolean {
  return sentences.some((sentence) => sentence.test(said));
}

export const WRONG_NUMBER: readonly RegExp[] = [
  /\b(wrong (number|person|guy|lady|man|woman)|not (me|my (number|phone)|the right (number|person)))\b/,
  /\b(you have the wrong|not who you think|i am not the person|no longer (his|her|their) number)\b/,
  // Spanish and Portuguese
  /\b(numero|persona|pessoa) (equivocad[oa]|errad[oa]|incorrect[oa]|incorret[oa])\b/,
  /\bequivoc\w+ de (numero|persona)\b/,
  /\bno (es mi (numero|telefono)|soy (yo|esa persona))\b/,
  /\bnao (e (o )?meu (numero|telefone)|sou (eu|essa pessoa))\b|^(e|foi|por)? ?engano$/,
  // French
  /\b(mauvais|faux) numero\b|\bmauvaise personne\b|\berreur de numero\b|\btrompee?s? de (numero|personne)\b/,
  /\bpas (mon numero|le bon numero|la bonne personne|moi)\b/,
  // German
  /\bfalsche (nummer|person)\b|\bfalsch verbunden\b|\bnicht meine (nummer|handynummer)\b|\bverwa(e)?hlt\b/,
  // Italian
  /\b(numero|persona) (sbagliat[oa]|errat[oa])\b|\bsbagliato (numero|persona)\b/,
  /\bnon (e il mio numero|sono io)\b/,
  // Dutch
  /\b(verkeerde?|foute?) (nummer|persoon)\b|\bverkeerd verbonden\b|\bniet mijn nummer\b|\bben ik niet\b/,
];

export const STOP: readonly RegExp[] = [
  /\b(stop|quit|unsubscribe|opt ?(me )?out|take me off|remove me|leave me alone|go away)\b/,
  /\b(do not|dont|don t|no|never) (text|message|contact|sms|write|bother)\b/,
  /\bno more (texts?|messages?|sms)\b|\b(cancel|end) (all |my |the |these |your )*(texts?|messages?|sms|alerts?|subscription)\b/,
  /\b(do not|dont|don t|no longer) (want|wish|like) .*\b(texts?|messages?|sms|texted|contacted)\b/,
  /\b(revoke|withdraw) (my )?(consent|permission)\b|\b(delete|remove|erase|lose) my (phone )?number\b/,
  // Spanish
  /\b(dar|dame|deme|denme|darme|darse|darnos) de baja\b|\bdesuscrib\w+\b|\bno mas (mensajes|textos|sms)\b/,
  /\bno (quiero|deseo) (recibir )?(mas )?(sus |tus |estos )?(mensajes|textos|sms)\b/,
  /\bno me (escrib|mand|envi|contact|molest)\w+\b|\bdej(a|e|en) de (escribir|enviar|mandar|molestar|contactar)\w*\b/,
  /\bpar(a|e|en) de (escribir|enviar|mandar|molestar)\w*\b|\b(quit|borr|elimin)(a|e|en)(me| mi numero)\b/,
  // French
  /\bdesabonn\w+\b|\bdesinscri\w+\b|\bne (veux|souhaite|desire) plus\b|\bne plus (recevoir|m envoyer|me contacter|m ecrire)\b/,
  /\bplus (de |aucun )(messages?|sms|textos?)\b|\barrete[rz]? (de|d|les|vos|ces|ca|tout)\b/,
  /\bne (m |me )(contacte|envoye|ecrive|texte)\w*\b|\blaisse[rz]? moi tranquille\b|\b(fichez|foutez|fous) moi la paix\b/,
  /\b(retire|supprime|enleve)[rz]? (moi|mon numero)\b/,
  // German
  /\b(abmelden|abbestellen|austragen|stoppen|stoppt|stopp)\b|\bin ruhe\b|\bmeld(e|et|en sie)? mich .*\bab\b/,
  /\bkeine (weiteren |mehr )?(sms|nachrichten|werbung|texte)\b|\bh(o|oe)r(t|en sie)?( \w+)? auf\b/,
  /\bnicht mehr (an)?(schreiben|kontaktieren|schicken|senden|texten)\b|\bschreib(t|en sie)? mir nicht\b/,
  /\bl(o|oe)sch(e|t|en sie)?( \w+)? meine (nummer|daten)\b|\bwiderruf\w* .*\beinwilligung\b|\beinwilligung .*\bwiderruf\w*/,
  // Portuguese
  /\bnao (quero|desejo) (mais )?(receber )?(mais )?(mensagens|sms|textos)\b|\bdescadastr\w+\b/,
  /\bnao me (mand|envi|contact|contat|perturb|incomod)\w+\b|\bparem? de (mandar|enviar|me)\b/,
  /\bme (tir|remov|retir|exclu|descadastr)\w+\b|\b(remov|tir|retir|exclu|apag)\w+ (o )?meu numero\b|\bme deixem? em paz\b/,
  // Italian
  /\bnon (voglio|desidero) (piu )?(ricevere )?(piu )?(messaggi|sms)\b|\bdisiscriv\w+\b|\bsmett(i|ete|ila|etela)\b/,
  /\bnon (mi )?(scriv|contatt|mand|invi)\w+\b|\b(cancella|rimuovi|rimuovete)(te)?(mi| il mio numero)\b/,
  /\b(niente|basta) (piu )?(messaggi|sms)\b|\blascia(te)?mi (in pace|stare)\b/,
  // Dutch
  /\b(afmelden|uitschrijven)\b|\bgeen (sms\w*|berichten|reclame)\b|\bmet rust\b|\bhoud? (er )?(mee )?op\b/,
  /\bniet meer (sturen|smsen|sms en|appen|berichten|contacteren)\b|\bstuur (mij|me) (geen|niet)\b/,
  /\b(schrijf|meld|haal) (mij|me) (uit|af|eraf|van)\b|\bverwijder (mij|me|mijn nummer)\b/,
];

export const SOUNDS_LIKE_NO: readonly RegExp[] = [
  /\b(stop|cancel|end|quit|revoke|no|not interested|spam|report|sue|lawyer|harass\w*|attorney|complain\w*)\b/,
  /\b(cancelar|annuler|stornieren|kundigen|kuendigen|annullare|annulla|annuleren|baja|basta)\b/,
  /\b(abogado|avocat|anwalt|advogado|avvocato|advocaat|denuncia\w*|dsgvo|gdpr|rgpd)\b/,
  /\b(kein interesse|pas interesse\w*|no me interesa|nao tenho interesse|non mi interessa|geen interesse)\b/,
  // In a longer reply these deny anything.
  /^(non|nein|nao|nee|nej)( \w+){0,2}$/,
];
